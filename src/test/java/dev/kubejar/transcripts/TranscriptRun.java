package dev.kubejar.transcripts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs one transcript in the real bash, in an empty folder with an empty home, and compares step by step. */
final class TranscriptRun {
    private static final int SECONDS = Integer.getInteger("transcript.seconds", 60);

    /** Set where a step has commands in the background: what one waits for, another one brings. */
    static final String SHARED = "KUBEJAR_TEST_SHARED";

    private static final Pattern BACKGROUND = Pattern.compile("[^&>|<]&(?![&>0-9])");

    /** A step whose output differs. */
    record Difference(Transcript.Step step, List<String> wanted, List<String> got) {
        String shown(Path file) {
            StringBuilder out = new StringBuilder();
            out.append(file.getFileName()).append(':').append(step.line()).append(": $ ");
            out.append(step.command().lines().findFirst().orElse("")).append('\n');
            LineDiff.of(wanted, got)
                    .forEach(line -> out.append("    ").append(line).append('\n'));
            return out.toString();
        }
    }

    /** How many steps were compared, and those that differ. */
    record Result(int steps, List<Difference> differences) {
        int matching() {
            return steps - differences.size();
        }
    }

    private final Transcript transcript;
    private final int port;

    TranscriptRun(Transcript transcript, int port) {
        this.transcript = transcript;
        this.port = port;
    }

    Result run() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("transcript-");
        try {
            prepare(work);
            int steps = 0;
            List<Difference> differences = new ArrayList<>();
            for (Transcript.Step step : transcript.steps()) {
                List<String> got = Normalized.lines(execute(work, step.command()));
                if (step.counts()) {
                    steps++;
                    List<String> wanted = Normalized.lines(step.output());
                    if (!wanted.equals(got)) {
                        differences.add(new Difference(step, wanted, got));
                    }
                }
            }
            return new Result(steps, differences);
        } finally {
            delete(work);
        }
    }

    private static void prepare(Path work) throws IOException {
        for (String folder : new String[] {"bin", "home", "cwd"}) {
            Files.createDirectory(work.resolve(folder));
        }
        for (String name : new String[] {"kubectl", "sleep"}) {
            Path shim = work.resolve("bin").resolve(name);
            try (InputStream in = TranscriptRun.class.getResourceAsStream("/transcripts/" + name + "-shim")) {
                Files.copy(in, shim);
            }
            Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private List<String> execute(Path work, String command) throws IOException, InterruptedException {
        Path printed = work.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(work.resolve("cwd").toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(printed.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", work.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("HOME", work.resolve("home").toString());
        environment.put("KUBEJAR_HOME", work.resolve("home/.kubejar").toString());
        environment.put("KUBEJAR_PROFILE", "bare");
        environment.put("KUBEJAR_TEST_PORT", Integer.toString(port));
        environment.put("TZ", "UTC");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("EDITOR", "true");
        environment.remove("KUBECONFIG");
        if (BACKGROUND.matcher(command).find()) {
            environment.put(SHARED, "yes");
        }
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return List.of("[no answer in " + SECONDS + " s]");
        }
        return lines(Files.readString(printed, StandardCharsets.UTF_8), process.exitValue());
    }

    private static List<String> lines(String text, int code) {
        String body = text.replaceAll("\n+$", "");
        List<String> lines = new ArrayList<>();
        if (!text.replace("\n", "").isEmpty()) {
            Arrays.stream(body.split("\n", -1)).map(String::stripTrailing).forEach(lines::add);
        }
        if (code != 0) {
            lines.add("[" + code + "]");
        }
        return lines;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
