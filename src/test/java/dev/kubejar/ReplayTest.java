package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One seed and a frozen clock: the same script gives the same state, UIDs and names included. */
final class ReplayTest {
    private static final List<String> SCRIPT = List.of(
            "apply -f samples/web.yaml",
            "apply -f samples/config.yaml",
            "apply -f samples/job.yaml",
            "scale deployment web --replicas=5",
            "set image deployment/web nginx=nginx:1.28",
            "get pods",
            "delete -f samples/config.yaml --wait=false");

    @TempDir
    Path folder;

    private String play(String name, String seed) {
        CommandLine line =
                new CommandLine(folder.resolve(name)).with("KUBEJAR_SEED", seed).with("KUBEJAR_CLOCK", "frozen");
        for (String command : SCRIPT) {
            CommandLine.Result result = line.run(CommandLine.words(command));
            assertEquals(0, result.code(), command + ": " + result.err());
        }
        return line.stateHash();
    }

    @Test
    void theSameSeedGivesTheSameState() {
        assertEquals(play("one", "7"), play("two", "7"));
    }

    @Test
    void anotherSeedGivesAnother() {
        assertNotEquals(play("one", "7"), play("three", "8"));
    }
}
