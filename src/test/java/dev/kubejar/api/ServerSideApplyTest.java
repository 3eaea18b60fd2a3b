package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSideApplyTest {
    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void open() {
        cluster = TestCluster.withPlugins(folder.resolve("state"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Obj apply(GroupVersionResource resource, String name, String manager, boolean force, String manifest) {
        return cluster.admin
                .call(Request.patch(resource, "default", name, PatchType.APPLY, Json.read(manifest))
                        .fieldManager(manager)
                        .force(force))
                .object();
    }

    private Obj harbor(String manager, boolean force, String data) {
        return apply(
                Resources.CONFIGMAPS,
                "harbor",
                manager,
                force,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"harbor\"},\"data\":" + data
                        + "}");
    }

    private List<String> managers() {
        TreeSet<String> lines = new TreeSet<>();
        Obj object =
                cluster.admin.find(Resources.CONFIGMAPS, "default", "harbor").orElseThrow();
        for (Obj entry : object.list("metadata.managedFields")) {
            lines.add(entry.text("manager") + " " + entry.text("operation") + " " + entry.at("fieldsV1"));
        }
        return List.copyOf(lines);
    }

    @Test
    void fieldsHaveManagersAndConflicts() {
        harbor("kubectl", false, "{\"berths\":\"12\",\"pilot\":\"yes\"}");
        assertEquals(List.of("kubectl Apply {\"f:data\":{\"f:berths\":{},\"f:pilot\":{}}}"), managers());
        ApiError error =
                assertThrows(ApiError.class, () -> harbor("planner", false, "{\"berths\":\"15\",\"pilot\":\"yes\"}"));
        assertEquals("Apply failed with 1 conflict: conflict with \"kubectl\": .data.berths", error.getMessage());
        harbor("planner", true, "{\"berths\":\"15\",\"pilot\":\"yes\"}");
        assertEquals(
                List.of(
                        "kubectl Apply {\"f:data\":{\"f:pilot\":{}}}",
                        "planner Apply {\"f:data\":{\"f:berths\":{},\"f:pilot\":{}}}"),
                managers());
        assertEquals(
                "{\"berths\":\"15\",\"pilot\":\"yes\"}",
                harbor("planner", false, "{\"berths\":\"15\"}").at("data").toString());
        assertEquals(
                "{\"berths\":\"15\",\"tugs\":\"2\"}",
                harbor("kubectl", false, "{\"tugs\":\"2\"}").at("data").toString());
        assertEquals(
                List.of("kubectl Apply {\"f:data\":{\"f:tugs\":{}}}", "planner Apply {\"f:data\":{\"f:berths\":{}}}"),
                managers());
    }

    @Test
    void otherWritesCountToo() {
        harbor("kubectl", false, "{\"berths\":\"12\"}");
        cluster.admin.call(Request.patch(
                        Resources.CONFIGMAPS,
                        "default",
                        "harbor",
                        PatchType.MERGE,
                        Json.read("{\"data\":{\"tide\":\"low\"}}"))
                .fieldManager("kubectl-patch"));
        ApiError error = assertThrows(ApiError.class, () -> harbor("pilotage", false, "{\"tide\":\"high\"}"));
        assertEquals(
                "Apply failed with 1 conflict: conflict with \"kubectl-patch\" using v1: .data.tide",
                error.getMessage());
        harbor("pilotage", false, "{\"tide\":\"low\"}");
        assertEquals(
                List.of(
                        "kubectl Apply {\"f:data\":{\"f:berths\":{}}}",
                        "kubectl-patch Update {\"f:data\":{\"f:tide\":{}}}",
                        "pilotage Apply {\"f:data\":{\"f:tide\":{}}}"),
                managers());
    }

    @Test
    void anItemGoesWithItsDefaultsWhenNobodyAppliesIt() {
        String start = """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"crane"},"spec":{"replicas":0,
                 "selector":{"matchLabels":{"app":"crane"}},"template":{"metadata":{"labels":{"app":"crane"}},
                 "spec":{"containers":[{"name":"hook","image":"pause:3.9"}""";
        apply(
                Resources.DEPLOYMENTS,
                "crane",
                "yard",
                false,
                start + ",{\"name\":\"rope\",\"image\":\"pause:3.9\"}]}}}}");
        Obj less = apply(Resources.DEPLOYMENTS, "crane", "yard", false, start + "]}}}}");
        assertEquals(1, less.list("spec.template.spec.containers").size());
        assertEquals(
                "/dev/termination-log",
                less.list("spec.template.spec.containers").get(0).text("terminationMessagePath"));
    }

    @Test
    void anApplyThatChangesNothingWritesNothing() {
        Obj first = harbor("kubectl", false, "{\"berths\":\"12\"}");
        assertEquals(
                first.resourceVersion(),
                harbor("kubectl", false, "{\"berths\":\"12\"}").resourceVersion());
    }
}
