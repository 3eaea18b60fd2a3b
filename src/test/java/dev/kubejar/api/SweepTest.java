package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.schema.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every manifest of the corpus through its whole life: made, read, listed, patched in every way, deleted. */
class SweepTest {
    @TempDir
    Path folder;

    private final List<String> faults = new ArrayList<>();

    @Test
    void everyKindLives() {
        for (String name : Corpus.names()) {
            Obj base = Corpus.base(name);
            Kind kind = Kinds.BUILT_IN.byKind(base.apiVersion(), base.kind()).orElseThrow();
            if (kind.verbs().contains("get")) {
                try (TestCluster cluster = TestCluster.withPlugins(folder.resolve(name))) {
                    live(cluster, kind, base);
                } catch (RuntimeException | AssertionError e) {
                    faults.add(name + ": " + e);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    private static void live(TestCluster cluster, Kind kind, Obj base) {
        Ref ref = Ref.of(kind.resource(), cluster.admin.create(kind.resource(), base));
        Obj made = cluster.admin.get(ref);
        assertEquals(
                List.of(made),
                cluster.admin
                        .call(Request.list(kind.resource(), made.namespace()).fields("metadata.name=" + made.name()))
                        .items());
        Obj table = cluster.admin
                .call(Request.list(kind.resource(), made.namespace()).table(true))
                .object();
        List<String> rows = table.list("rows").stream()
                .map(row -> row.text("object.metadata.name"))
                .toList();
        assertTrue(rows.contains(made.name()), "a row in the table: " + rows);
        Obj same = cluster.admin.update(kind.resource(), made.copy());
        assertEquals(made.resourceVersion(), same.resourceVersion(), "an update that changes nothing");
        patch(cluster, ref, PatchType.MERGE, "{\"metadata\":{\"labels\":{\"swept\":\"a\"}}}", "a");
        patch(
                cluster,
                ref,
                PatchType.JSON,
                "[{\"op\":\"replace\",\"path\":\"/metadata/labels/swept\",\"value\":\"b\"}]",
                "b");
        patch(cluster, ref, PatchType.STRATEGIC, "{\"metadata\":{\"labels\":{\"swept\":\"c\"}}}", "c");
        String config = "{\"apiVersion\":\"" + kind.groupVersion() + "\",\"kind\":\"" + kind.kind()
                + "\",\"metadata\":{\"name\":\"" + made.name() + "\",\"labels\":{\"swept\":\"d\"}}}";
        patch(cluster, ref, PatchType.APPLY, config, "d");
        cluster.admin.call(Request.patch(
                        ref.resource(),
                        ref.namespace(),
                        ref.name(),
                        PatchType.MERGE,
                        Json.read("{\"metadata\":{\"finalizers\":null}}"))
                .fieldManager("sweep"));
        cluster.admin.call(Request.delete(ref.resource(), ref.namespace(), ref.name())
                .propagation("Background")
                .grace(0L));
    }

    private static void patch(TestCluster cluster, Ref ref, PatchType type, String patch, String wanted) {
        Obj patched = cluster.admin
                .call(Request.patch(ref.resource(), ref.namespace(), ref.name(), type, Json.read(patch))
                        .fieldManager("sweep-" + type)
                        .force(type == PatchType.APPLY))
                .object();
        assertEquals(wanted, patched.label("swept"), "after a patch of type " + type);
        assertEquals(patched, cluster.admin.get(ref));
    }
}
