package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample of what {@link KillHarness} does in full. */
class KillTest {
    @TempDir
    Path temp;

    @Test
    void survivesFiftyKills() throws Exception {
        String missing = KillHarness.missing();
        if (missing != null) {
            System.out.println("kills are skipped: " + missing);
        }
        assumeTrue(missing == null, missing);
        Path state = temp.resolve("state");
        survives(KillHarness.run(state, KillHarness.ownScript(state), temp, 50));
    }

    /** The commands of {@code src/test/harness}, as the launcher runs them. */
    @Test
    void commandsSurviveFiftyKills() throws Exception {
        String missing = KillHarness.missing();
        assumeTrue(missing == null, missing);
        Path home = temp.resolve("home");
        String launcher = "env -u JAVA_TOOL_OPTIONS KUBEJAR_HOME=" + home
                + " KUBEJAR_PROFILE=bare KUBEJAR_SEED=1 KUBEJAR_CLOCK=frozen"
                + ProcessHandle.current()
                        .info()
                        .command()
                        .map(java -> " " + java)
                        .orElse(" java")
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dkubejar.store.journal=30000 -cp "
                + System.getProperty("java.class.path") + " dev.kubejar.Main";
        List<String> script = Files.readAllLines(Path.of("src/test/harness/commands")).stream()
                .filter(line -> line.startsWith("$KUBEJAR"))
                .map(line -> line.replace("$KUBEJAR", launcher))
                .toList();
        survives(KillHarness.run(home.resolve("clusters/default"), script, temp, 50));
    }

    private static void survives(KillHarness.Result result) {
        assertEquals(List.of(), result.failures);
        assertEquals(0, result.unfired);
        assertTrue(result.kills >= 50, result.toString());
        assertTrue(result.rolls >= 2 && result.merges >= 1, result.toString());
    }
}
