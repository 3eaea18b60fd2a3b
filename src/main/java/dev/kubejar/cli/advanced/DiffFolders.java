package dev.kubejar.cli.advanced;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Programs;
import dev.kubejar.object.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Two sets of files, compared as {@code diff -u -N} compares two folders, or by the user's own program. */
final class DiffFolders {
    /** One file's two versions; null where it is not there. */
    record Pair(String live, String merged) {}

    private static final int CONTEXT = 3;

    private final Invocation call;
    private final Map<String, Pair> pairs;

    DiffFolders(Invocation call, Map<String, Pair> pairs) {
        this.call = call;
        this.pairs = pairs;
    }

    /** Prints the differences; 0 where there are none, 1 where there are. */
    int run() {
        String program = call.session().environment("KUBECTL_EXTERNAL_DIFF");
        return program.isEmpty() ? built() : external(program);
    }

    private int built() {
        int code = 0;
        String stamp = "\t" + Times.nanos(call.now()).replace('T', ' ').replace("Z", " +0000");
        String tag = Integer.toUnsignedString(call.now().hashCode());
        for (Map.Entry<String, Pair> each : pairs.entrySet()) {
            String from = "/tmp/LIVE-" + tag + "/" + each.getKey();
            String to = "/tmp/MERGED-" + tag + "/" + each.getKey();
            List<String> before = lines(each.getValue().live());
            List<String> after = lines(each.getValue().merged());
            List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                    from + stamp, to + stamp, before, DiffUtils.diff(before, after), CONTEXT);
            if (diff.isEmpty()) {
                continue;
            }
            code = 1;
            call.out().println("diff -u -N " + from + " " + to);
            for (String line : diff) {
                call.out().println(line.startsWith("@@") ? header(line) : line);
            }
        }
        return code;
    }

    private static List<String> lines(String text) {
        return text == null ? List.of() : text.lines().toList();
    }

    /** GNU's form of a hunk's header: an empty side begins at 0, a single line has no count. */
    private static String header(String line) {
        String[] parts = line.split(" ");
        return "@@ " + range(parts[1]) + " " + range(parts[2]) + " @@";
    }

    private static String range(String range) {
        String[] parts = range.substring(1).split(",");
        if (parts.length < 2) {
            return range;
        }
        if (parts[1].equals("0") && parts[0].equals("1")) {
            return range.charAt(0) + "0,0";
        }
        return parts[1].equals("1") ? range.charAt(0) + parts[0] : range;
    }

    private int external(String program) {
        List<String> command = new ArrayList<>();
        for (String word : program.split(" ")) {
            if (!word.isEmpty() && (command.isEmpty() || word.matches("[a-zA-Z0-9-=]+"))) {
                command.add(word);
            }
        }
        Path live = null;
        Path merged = null;
        try {
            live = Files.createTempDirectory("LIVE-");
            merged = Files.createTempDirectory("MERGED-");
            for (Map.Entry<String, Pair> each : pairs.entrySet()) {
                write(live.resolve(each.getKey()), each.getValue().live());
                write(merged.resolve(each.getKey()), each.getValue().merged());
            }
            command.add(live.toString());
            command.add(merged.toString());
            int code = run(command);
            if (code > 1) {
                throw CliError.withCode("failed to run " + quoted(command.get(0)) + ": exit status " + code, code);
            }
            return code;
        } catch (IOException e) {
            throw new CliError("failed to run " + quoted(command.get(0)) + ": " + Disk.reason(e));
        } finally {
            remove(live);
            remove(merged);
        }
    }

    private int run(List<String> command) {
        String program = command.get(0);
        try {
            return Programs.run(call.session(), command);
        } catch (IOException e) {
            boolean denied = String.valueOf(e.getMessage()).contains("error=13,");
            String reason = denied ? "permission denied" : "no such file or directory";
            throw new CliError("failed to run " + quoted(program) + ": "
                    + (program.indexOf('/') < 0
                            ? "executable file not found in $PATH"
                            : "fork/exec " + program + ": " + reason));
        }
    }

    private static String quoted(String text) {
        return dev.kubejar.cli.Go.quote(text);
    }

    private static void write(Path file, String text) throws IOException {
        if (text != null) {
            Files.writeString(file, text);
        }
    }

    private static void remove(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // a folder left over in the system's temporary one harms nobody
        }
    }
}
