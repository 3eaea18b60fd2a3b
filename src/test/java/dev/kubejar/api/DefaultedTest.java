package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Request;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server makes of a rich manifest of every kind; the differences go to {@code target/defaulted.txt}. */
class DefaultedTest {
    @TempDir
    Path folder;

    @Test
    void defaultsAsTheRealServer() throws IOException {
        int equal = 0;
        StringBuilder out = new StringBuilder();
        try (TestCluster cluster = TestCluster.withPlugins(folder.resolve("state"))) {
            for (String name : Corpus.names()) {
                List<String> differences = differences(cluster, name);
                if (differences.isEmpty()) {
                    equal++;
                } else {
                    out.append(name).append('\n');
                    differences.forEach(each -> out.append("   ").append(each).append('\n'));
                }
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/defaulted.txt"), out);
        Ledger.check("defaulted", Map.of("equal", equal));
    }

    private static List<String> differences(TestCluster cluster, String name) {
        Obj base = Corpus.base(name);
        Kind kind = Kinds.BUILT_IN.byKind(base.apiVersion(), base.kind()).orElseThrow();
        List<String> differences = new ArrayList<>();
        try {
            Obj made = cluster.admin
                    .call(Request.create(kind.resource(), base.namespace(), base)
                            .dryRun(true))
                    .object()
                    .copy();
            for (String volatileField : List.of("uid", "creationTimestamp", "resourceVersion", "managedFields")) {
                made.remove("metadata." + volatileField);
            }
            compare("", Corpus.defaulted(name).node(), made.node(), differences);
        } catch (ApiError e) {
            differences.add(e.getMessage());
        }
        return differences;
    }

    private static void compare(String path, JsonNode wanted, JsonNode got, List<String> differences) {
        if (wanted.isTextual() && wanted.textValue().matches(".*<.*>.*") && !got.isMissingNode()) {
            return;
        }
        if (wanted instanceof ObjectNode && got instanceof ObjectNode) {
            TreeSet<String> names = new TreeSet<>(Trees.keys(wanted));
            names.addAll(Trees.keys(got));
            names.forEach(each -> compare(path + "." + each, wanted.path(each), got.path(each), differences));
        } else if (wanted.isArray() && got.isArray()) {
            for (int i = 0; i < Math.max(wanted.size(), got.size()); i++) {
                compare(path + "[" + i + "]", wanted.path(i), got.path(i), differences);
            }
        } else if (wanted.isMissingNode() != got.isMissingNode()
                || wanted.isNull() != got.isNull()
                || !Trees.same(wanted, got)) {
            differences.add(path + ": real " + shown(wanted) + ", ours " + shown(got));
        }
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
