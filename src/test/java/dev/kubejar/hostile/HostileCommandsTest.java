package dev.kubejar.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.kubejar.CommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on the command line: each is done or refused with a sentence, soon, and a refusal changes nothing; {@code
 * src/test/harness/hostile.sh} does the same with processes of 256 MB.
 */
final class HostileCommandsTest {
    private static final Pattern TRACE =
            Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|Exception|internal error|java\\.lang");

    @TempDir
    Path folder;

    private CommandLine line;
    private String before;

    @BeforeEach
    void cluster() {
        fresh(0);
    }

    private void fresh(int number) {
        line = new CommandLine(folder.resolve("home" + number)).with("KUBEJAR_SEED", "1");
        line.with("KUBEJAR_CLOCK", "frozen");
        assertEquals(
                0,
                line.run("create", "configmap", "victim", "--from-literal=a=b").code());
        before = line.stateHash();
    }

    @TestFactory
    Stream<DynamicTest> areDoneOrRefused() {
        int[] number = {0};
        return Attacks.all().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> tried(attack, ++number[0])));
    }

    private void tried(Attack attack, int number) throws IOException {
        String[] args = AttackFiles.written(attack, folder.resolve("files" + number));
        byte[] input = attack.input().get();
        CommandLine.Result result = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> line.bytes(input, args));
        assertFalse(TRACE.matcher(result.err()).find(), () -> shortened(result.err()));
        assertFalse(TRACE.matcher(result.out()).find(), () -> shortened(result.out()));
        if (result.code() == 0) {
            fresh(number);
        } else {
            assertFalse(result.err().isBlank(), "refused without a word");
            assertEquals(before, line.stateHash(), "refused, but changed the state: " + shortened(result.err()));
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(2_000, text.length()));
    }
}
