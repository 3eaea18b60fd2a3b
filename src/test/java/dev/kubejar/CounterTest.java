package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several commands at once increment one counter by compare-and-set; {@code src/test/harness/counter.sh} does it with processes. */
final class CounterTest {
    private static final int WRITERS = 8;
    private static final int INCREMENTS = 10;
    private static final Pattern VALUE = Pattern.compile("\"value\": \"(\\d+)\"");

    @TempDir
    Path folder;

    @Test
    void noIncrementIsLost() throws Exception {
        CommandLine line = new CommandLine(folder);
        assertEquals(
                0,
                line.run("create", "configmap", "counter", "--from-literal=value=0")
                        .code());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(() -> increment(new CommandLine(folder)));
        }
        int conflicts = 0;
        try {
            for (Future<Integer> writer : threads.invokeAll(writers)) {
                conflicts += writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String value = line.run("get", "configmap", "counter", "-o", "jsonpath={.data.value}")
                .out();
        assertEquals(Integer.toString(WRITERS * INCREMENTS), value);
        assertTrue(conflicts > 0, "nobody met a conflict");
    }

    /** How often another writer came first. */
    private static int increment(CommandLine line) {
        int conflicts = 0;
        for (int done = 0; done < INCREMENTS; ) {
            CommandLine.Result read = line.run("get", "configmap", "counter", "-o", "json");
            assertEquals(0, read.code(), read.err());
            Matcher value = VALUE.matcher(read.out());
            assertTrue(value.find(), read.out());
            String changed = value.replaceFirst("\"value\": \"" + (Integer.parseInt(value.group(1)) + 1) + "\"");
            CommandLine.Result written = line.input(changed, "replace", "-f", "-");
            if (written.code() == 0) {
                done++;
            } else {
                assertTrue(written.err().contains("(Conflict)"), written.err());
                conflicts++;
            }
        }
        return conflicts;
    }
}
