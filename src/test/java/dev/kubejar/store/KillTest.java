package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        KillHarness.Result result = KillHarness.run(state, KillHarness.ownScript(state), temp, 50);
        assertEquals(List.of(), result.failures);
        assertEquals(0, result.unfired);
        assertTrue(result.kills >= 50, result.toString());
        assertTrue(result.rolls >= 2 && result.merges >= 1, result.toString());
    }
}
