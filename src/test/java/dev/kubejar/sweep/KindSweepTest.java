package dev.kubejar.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.CommandLine;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A manifest of every kind through its life on the command line: created, shown in every form, changed in every way, deleted. */
final class KindSweepTest {
    private static final Path CORPUS = Path.of("src/test/resources/corpus/base");
    private static final Pattern TRACE =
            Pattern.compile("(?m)^\\s+at [\\w.$]+\\(|Exception|internal error|java\\.lang");

    /** Questions: they are answered, not kept. */
    private static final Set<String> ANSWERED =
            Set.of("LocalSubjectAccessReview", "SelfSubjectAccessReview", "SubjectAccessReview", "TokenReview");

    private static final List<String> FORMS = List.of(
            "",
            "-o wide",
            "-o yaml",
            "-o json",
            "-o name",
            "-o jsonpath={.metadata.name}",
            "-o jsonpath-as-json={.metadata}",
            "-o go-template={{.metadata.name}}",
            "-o custom-columns=NAME:.metadata.name,ALL:.spec",
            "-o yaml --show-managed-fields",
            "--show-labels",
            "--no-headers",
            "-L app");

    private static final List<String> PATCHES = List.of(
            "--type=merge -p {\"metadata\":{\"annotations\":{\"merge\":\"yes\"}}}",
            "--type=json -p [{\"op\":\"add\",\"path\":\"/metadata/annotations/json\",\"value\":\"yes\"}]",
            "--type=strategic -p {\"metadata\":{\"annotations\":{\"strategic\":\"yes\"}}}");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyKind() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> live(file)));
        }
    }

    private void live(Path file) throws IOException {
        Obj sent = Obj.parse(Files.readString(file));
        CommandLine line = new CommandLine(folder.resolve(file.getFileName().toString()));
        sent.remove("metadata.ownerReferences"); // owners that are not there, and
        sent.remove("spec.ttlSecondsAfterFinished"); // a life of 0 seconds, would end it at once
        CommandLine.Result made = line.input(sent.toString(), "create", "-f", "-");
        assertFalse(TRACE.matcher(made.err()).find(), made.err());
        if (made.code() != 0) {
            forbidden(made);
            return;
        }
        if (ANSWERED.contains(sent.kind())) {
            return;
        }
        String name =
                resource(sent) + "/" + sent.name() + (sent.namespace().isEmpty() ? "" : " -n " + sent.namespace());
        for (String form : FORMS) {
            succeeds(line, ("get " + name + " " + form).strip());
        }
        succeeds(line, "describe " + name);
        succeeds(line, "label " + name + " sweep=done");
        succeeds(line, "annotate " + name + " sweep=done");
        for (String patch : PATCHES) {
            succeeds(line, "patch " + name + " " + patch);
        }
        Obj kept = Obj.parse(succeeds(line, "get " + name + " -o json").out());
        assertEquals("yes", kept.annotation("strategic"));
        assertEquals("done", kept.labels().get("sweep"));
        succeeds(line, "delete " + name + " --wait=false");
    }

    private static String resource(Obj object) {
        Kind kind = Kinds.BUILT_IN.byKind(object.apiVersion(), object.kind()).orElseThrow();
        String[] group = object.apiVersion().split("/");
        return group.length == 1 ? kind.plural() : kind.plural() + "." + group[1] + "." + group[0];
    }

    /** Some manifests need what is not there, or are there already; the verdicts of the real server are another test's. */
    private static void forbidden(CommandLine.Result made) {
        assertTrue(
                made.err().contains("(NotFound)")
                        || made.err().contains("(Forbidden)")
                        || made.err().contains("(AlreadyExists)"),
                made.err());
    }

    private static CommandLine.Result succeeds(CommandLine line, String words) {
        CommandLine.Result result = run(line, words);
        assertEquals(0, result.code(), words + "\n" + result.err());
        return result;
    }

    private static CommandLine.Result run(CommandLine line, String words) {
        CommandLine.Result result = line.run(CommandLine.words(words));
        assertFalse(TRACE.matcher(result.err()).find(), () -> words + "\n" + result.err());
        return result;
    }
}
