package dev.kubejar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command without arguments, with an unknown flag, with a flag that lacks its value, and with --help. */
final class CommandSweepTest {
    private static final Pattern TRACE =
            Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|Exception|internal error|java\\.lang");

    /** Commands that are still to come; {@code sim} and its like answer to another name. */
    private static final Set<String> TO_COME = Set.of("cluster-info dump", "kuberc set", "kuberc view");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyCommand() {
        List<CommandTable.Row> rows = new ArrayList<>();
        collect("", rows);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.path(), () -> sweep(row.path())));
    }

    private static void collect(String parent, List<CommandTable.Row> rows) {
        for (CommandTable.Row row : CommandTable.below(parent, false)) {
            rows.add(row);
            collect(row.path(), rows);
        }
    }

    private void sweep(String path) {
        if (TO_COME.contains(path) && run(path).err().contains("not built yet")) {
            return;
        }
        help(path);
        unknownFlag(path);
        if (path.equals("proxy")) {
            return; // it would serve for ever
        }
        assertFalse(run(path).err().contains("not built yet"));
        assertNotEquals("", run(path).out() + run(path).err(), "nothing to say without arguments");
        run(path + " --namespace");
        run(path + " one two three");
        run(path + " -o nonsense");
        run(path + " pods/x -o jsonpath={");
        run(path + " pods/x --dry-run=nonsense");
        run(path + " -f /nowhere -l =,=");
    }

    private void help(String path) {
        CommandLine.Result help = run(path + " --help");
        assertEquals(0, help.code(), help.err());
        if (path.startsWith("__") || path.equals("alpha")) {
            return;
        }
        assertEquals("", help.err());
        if (!path.equals("help")) {
            assertTrue(help.out().contains("Usage:\n  kubectl " + path), help.out());
        }
    }

    private void unknownFlag(String path) {
        CommandLine.Result unknown = run(path + " --no-such-flag");
        if (path.startsWith("__") || path.equals("help")) {
            return;
        }
        assertTrue(unknown.code() == 1 || path.equals("diff") && unknown.code() == 2, unknown.err());
        assertTrue(unknown.err().startsWith("error: unknown flag: --no-such-flag\n"), unknown.err());
        assertTrue(
                unknown.err().contains("See 'kubectl " + path + " ")
                        || unknown.err().contains("Run 'kubectl "),
                unknown.err());
    }

    private CommandLine.Result run(String line) {
        CommandLine commands =
                new CommandLine(folder).with("KUBEJAR_CLOCK", "frozen").with("EDITOR", "true");
        CommandLine.Result result =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> commands.run(CommandLine.words(line)));
        assertFalse(TRACE.matcher(result.out() + result.err()).find(), () -> line + "\n" + result.out() + result.err());
        return result;
    }
}
