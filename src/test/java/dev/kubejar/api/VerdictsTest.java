package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.patch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of damaged manifests against the real server's answers. What matches is counted and may only become more:
 * the numbers stand in {@code corpus/ledger.txt}; the differences go to {@code target/verdicts.txt}.
 */
class VerdictsTest {
    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();
    private final Map<String, int[]> byKind = new TreeMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /** An answer in comparable form. */
    private record Answer(String reason, List<String> words, List<String> warnings) {}

    @Test
    void answersAsTheRealServer() throws IOException {
        Map<String, List<Corpus.Verdict>> updates = new TreeMap<>();
        try (TestCluster cluster = TestCluster.withPlugins(folder.resolve("creations"))) {
            for (Corpus.Verdict verdict : Corpus.verdicts()) {
                if (verdict.creates()) {
                    compare(verdict, create(cluster, verdict));
                } else {
                    updates.computeIfAbsent(verdict.base(), key -> new ArrayList<>())
                            .add(verdict);
                }
            }
        }
        int i = 0;
        for (Map.Entry<String, List<Corpus.Verdict>> each : updates.entrySet()) {
            try (TestCluster cluster = TestCluster.withPlugins(folder.resolve("update-" + i++))) {
                update(cluster, Corpus.base(each.getKey()), each.getValue());
            }
        }
        report();
        Ledger.check("verdicts", counts);
    }

    private static Kind kind(Obj object) {
        return Kinds.BUILT_IN.byKind(object.apiVersion(), object.kind()).orElseThrow();
    }

    private static Answer create(TestCluster cluster, Corpus.Verdict verdict) {
        Obj base = Corpus.base(verdict.base());
        Kind kind = kind(base);
        JsonNode body = JsonPatch.apply(base.node(), verdict.line().at("patch"));
        return answer(
                cluster,
                Request.create(kind.resource(), base.namespace(), Obj.create())
                        .body(body)
                        .fieldManager("kubectl-create")
                        .fieldValidation("Strict")
                        .dryRun(true),
                "Created");
    }

    private void update(TestCluster cluster, Obj base, List<Corpus.Verdict> verdicts) {
        Kind kind = kind(base);
        GroupVersionResource resource = kind.resource();
        ApiError failed = null;
        try {
            cluster.admin.call(Request.create(resource, base.namespace(), base).fieldManager("kubectl-create"));
        } catch (ApiError e) {
            failed = e;
        }
        for (Corpus.Verdict verdict : verdicts) {
            Answer answer = failed != null
                    ? refused(failed)
                    : answer(
                            cluster,
                            Request.patch(
                                            resource,
                                            base.namespace(),
                                            base.name(),
                                            Request.PatchType.JSON,
                                            verdict.line().at("patch"))
                                    .fieldManager("kubectl-patch")
                                    .dryRun(true),
                            "Updated");
            compare(verdict, answer);
        }
    }

    private static Answer answer(TestCluster cluster, Request request, String accepted) {
        try {
            Response response = cluster.admin.call(request);
            return new Answer(accepted, List.of(), response.warnings());
        } catch (ApiError e) {
            return refused(e);
        } catch (RuntimeException e) {
            StackTraceElement[] trace = e.getStackTrace();
            String at = trace.length == 0 ? "" : trace[0].toString();
            return new Answer("EXCEPTION", List.of(e + " at " + at), List.of());
        }
    }

    private static Answer refused(ApiError e) {
        List<String> words = new ArrayList<>();
        if (e.is("Invalid") && !e.causes().isEmpty()) {
            e.causes().forEach(cause -> words.add(squeezed(cause.field(), cause.message())));
        } else {
            words.add(squeezed("", e.getMessage()));
        }
        return new Answer(e.reason(), sorted(words), e.warnings());
    }

    private static Answer wanted(Corpus.Verdict verdict) {
        Obj line = verdict.line();
        long code = line.number("code");
        if (code < 300) {
            return new Answer(code == 201 ? "Created" : "Updated", List.of(), line.texts("warnings"));
        }
        List<String> words = new ArrayList<>();
        if (line.text("reason").equals("Invalid") && !line.list("causes").isEmpty()) {
            line.list("causes").forEach(cause -> words.add(squeezed(cause.text("field"), cause.text("message"))));
        } else {
            words.add(squeezed("", line.text("message")));
        }
        return new Answer(line.has("reason") ? line.text("reason") : "", sorted(words), line.texts("warnings"));
    }

    private static List<String> sorted(List<String> words) {
        List<String> sorted = new ArrayList<>(words.stream().distinct().toList());
        Collections.sort(sorted);
        return sorted;
    }

    /** Go structures and times in messages are not compared. */
    private static String squeezed(String field, String message) {
        String text = (field.isEmpty() ? "" : field + ": ") + message;
        return text.replaceAll("\\s+", " ")
                .strip()
                .replaceAll("\"time\":\"[-0-9TZ:]+\"", "\"time\":\"...\"")
                .replaceAll("Invalid value: \\{\"[A-Z].*?\\}: ", "Invalid value: {...}: ");
    }

    private void compare(Corpus.Verdict verdict, Answer got) {
        Answer wanted = wanted(verdict);
        boolean reason = wanted.reason().equals(got.reason());
        boolean words = reason && wanted.words().equals(got.words());
        boolean warnings = wanted.warnings().equals(got.warnings());
        counts.merge("cases", 1, Integer::sum);
        counts.merge("reason", reason ? 1 : 0, Integer::sum);
        counts.merge("words", words ? 1 : 0, Integer::sum);
        counts.merge("warned", wanted.warnings().isEmpty() ? 0 : 1, Integer::sum);
        counts.merge("warnings", !wanted.warnings().isEmpty() && warnings ? 1 : 0, Integer::sum);
        int[] kind = byKind.computeIfAbsent(verdict.line().text("kind"), key -> new int[4]);
        kind[0]++;
        kind[1] += reason ? 1 : 0;
        kind[2] += words ? 1 : 0;
        kind[3] += warnings ? 1 : 0;
        if (!words || !warnings) {
            differences.add(
                    verdict.line().text("kind") + "\t" + verdict.line().text("verb") + "\t" + verdict.base() + " "
                            + verdict.line().at("patch") + "\n   real: " + wanted.reason() + " " + wanted.words()
                            + wanted.warnings() + "\n   ours: " + got.reason() + " " + got.words() + got.warnings());
        }
    }

    private void report() throws IOException {
        StringBuilder out = new StringBuilder("kind\tcases\treason\twords\twarnings\n");
        byKind.forEach((kind, n) -> out.append(kind)
                .append('\t')
                .append(n[0])
                .append('\t')
                .append(n[1])
                .append('\t')
                .append(n[2])
                .append('\t')
                .append(n[3])
                .append('\n'));
        out.append(counts).append("\n\n");
        Collections.sort(differences);
        differences.forEach(each -> out.append(each).append('\n'));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/verdicts.txt"), out);
        assertTrue(counts.get("cases") > 8000);
    }
}
