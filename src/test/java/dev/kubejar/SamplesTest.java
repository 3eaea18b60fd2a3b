package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every manifest in samples/ is accepted, converges, and goes away again. */
final class SamplesTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> samples() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> play(file)));
        }
    }

    private void play(Path file) {
        CommandLine line =
                new CommandLine(folder.resolve(file.getFileName().toString())).with("KUBEJAR_PROFILE", "full");
        CommandLine.Result applied = line.run("apply", "-f", file.toString());
        assertEquals(0, applied.code(), applied.err());
        assertTrue(applied.out().contains(" created"), applied.out());
        CommandLine.Result pods = line.run("get", "pods", "--no-headers");
        for (String pod : pods.out().lines().toList()) {
            assertTrue(pod.contains("Running") || pod.contains("Completed"), pods.out());
        }
        assertEquals(0, line.run("delete", "-f", file.toString()).code());
        assertEquals("", line.run("get", "pods", "--no-headers").out());
    }
}
