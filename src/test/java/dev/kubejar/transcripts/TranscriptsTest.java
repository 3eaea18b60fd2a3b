package dev.kubejar.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kubejar.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded session against this program, one fresh cluster each. Files that do not match in whole yet stand in
 * {@code ledger.tsv} with the number of steps that do; that number may only rise.
 *
 * <p>As a program ({@code main}) it runs the files named, or all, shows the differences and prints a new ledger.
 */
public final class TranscriptsTest {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");
    private static KubectlServer server;

    @BeforeAll
    static void listen() throws IOException {
        server = serve();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static KubectlServer serve() throws IOException {
        return new KubectlServer((args, environment, folder, in, out, err) -> {
            if (args.length == 3 && args[0].equals("---")) { // the shim that stands for sleep
                String[] advance = {"sim", "clock", "advance", args[2] + "s"};
                OutputStream nowhere = OutputStream.nullOutputStream();
                return Main.runAlone("kubejar", advance, environment, folder, in, nowhere, err);
            }
            return environment.containsKey(TranscriptRun.SHARED)
                    ? Main.runAmongOthers(args, environment, folder, in, out, err)
                    : Main.runAlone(args, environment, folder, in, out, err);
        });
    }

    @TestFactory
    Stream<DynamicTest> transcripts() throws IOException {
        Map<String, Integer> ledger = ledger();
        return files().map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file, ledger)));
    }

    /** Plays a transcript, and once more where a step fell short: a loaded machine may let a time limit pass. */
    private static TranscriptRun.Result play(Path file, Integer expected) throws IOException, InterruptedException {
        Transcript transcript = Transcript.read(file);
        TranscriptRun.Result first = new TranscriptRun(transcript, server.port()).run();
        int wanted = expected == null ? first.steps() : expected;
        if (first.matching() >= wanted) {
            return first;
        }
        TranscriptRun.Result second = new TranscriptRun(transcript, server.port()).run();
        return second.matching() > first.matching() ? second : first;
    }

    private static void compare(Path file, Map<String, Integer> ledger) throws IOException, InterruptedException {
        TranscriptRun.Result result = play(file, ledger.get(name(file)));
        Integer expected = ledger.get(name(file));
        if (expected == null) {
            assertEquals(0, result.differences().size(), () -> shown(file, result));
        } else if (result.matching() < expected) {
            fail(result.matching() + " steps match; the ledger says " + expected + "\n" + shown(file, result));
        } else if (result.matching() > expected) {
            System.err.println(
                    name(file) + ": " + result.matching() + " steps match; raise the ledger, which says " + expected);
        }
    }

    private static String shown(Path file, TranscriptRun.Result result) {
        return result.differences().stream()
                .map(difference -> difference.shown(file))
                .collect(Collectors.joining("\n", "\n", ""));
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(file -> file.toString().endsWith(".t")).sorted().toList().stream();
        }
    }

    private static String name(Path file) {
        return FOLDER.relativize(file).toString();
    }

    private static Map<String, Integer> ledger() throws IOException {
        Map<String, Integer> ledger = new TreeMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("ledger.tsv"))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] fields = line.split("\t");
                ledger.put(fields[0], Integer.parseInt(fields[1]));
            }
        }
        return ledger;
    }

    /** Runs the transcripts whose names contain one of the arguments, or all. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean quiet = List.of(args).contains("--quiet");
        List<String> wanted = Stream.of(args).filter(a -> !a.startsWith("--")).toList();
        List<String> ledger = new ArrayList<>();
        Map<String, int[]> folders = new TreeMap<>();
        try (KubectlServer own = serve()) {
            for (Path file : files().toList()) {
                if (!wanted.isEmpty() && wanted.stream().noneMatch(name(file)::contains)) {
                    continue;
                }
                long start = System.nanoTime();
                TranscriptRun.Result result = new TranscriptRun(Transcript.read(file), own.port()).run();
                long millis = (System.nanoTime() - start) / 1_000_000;
                boolean whole = result.differences().isEmpty();
                out.println((whole ? "ok    " : "DIFF  ") + result.matching() + "/" + result.steps() + "  " + name(file)
                        + "  " + millis + " ms");
                if (!whole) {
                    ledger.add(name(file) + "\t" + result.matching() + "\t" + result.steps());
                    out.print(quiet ? "" : shown(file, result));
                }
                int[] sum = folders.computeIfAbsent(name(file).split("/")[0], key -> new int[2]);
                sum[0] += result.matching();
                sum[1] += result.steps();
            }
        }
        folders.forEach((folder, sum) -> out.println(folder + ": " + sum[0] + " of " + sum[1] + " steps match"));
        Path target = Path.of("target/ledger.tsv");
        Files.createDirectories(target.getParent());
        Files.write(target, ledger);
        Runtime.getRuntime().halt(0);
    }
}
