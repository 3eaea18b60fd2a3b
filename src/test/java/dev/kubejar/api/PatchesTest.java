package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchesTest {
    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void open() {
        cluster = new TestCluster(folder.resolve("state"));
        cluster.admin.create(Resources.DEPLOYMENTS, Obj.parse("""
                        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"booth","namespace":"default"},
                         "spec":{"replicas":0,"selector":{"matchLabels":{"app":"booth"}},
                          "template":{"metadata":{"labels":{"app":"booth"}},"spec":{
                           "nodeSelector":{"kubernetes.io/os":"linux","zone":"north"},
                           "containers":[
                            {"name":"projector","image":"nginx:1.26",
                             "env":[{"name":"REEL","value":"1"},{"name":"LAMP","value":"xenon"}]},
                            {"name":"speaker","image":"busybox:1.36","args":["sleep","600"]}]}}}}"""));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Obj patch(PatchType type, String patch) {
        return cluster.admin
                .call(Request.patch(Resources.DEPLOYMENTS, "default", "booth", type, Json.read(patch)))
                .object();
    }

    private static List<String> containers(Obj deployment) {
        return deployment.list("spec.template.spec.containers").stream()
                .map(each -> each.text("name"))
                .toList();
    }

    @Test
    void strategicMergeFindsContainersByName() {
        Obj patched = patch(PatchType.STRATEGIC, """
                {"spec":{"template":{"spec":{"containers":[{"name":"projector","image":"nginx:1.27",
                 "env":[{"name":"REEL","value":"2"},{"name":"SOUND","value":"mono"}]}]}}}}""");
        Obj projector = patched.list("spec.template.spec.containers").get(0);
        assertEquals("nginx:1.27", projector.text("image"));
        assertEquals(
                List.of("REEL", "SOUND", "LAMP"),
                projector.list("env").stream().map(each -> each.text("name")).toList());
        Obj added = patch(PatchType.STRATEGIC, """
                {"spec":{"template":{"spec":{"containers":[{"name":"usher","image":"alpine:3.20"},
                 {"name":"speaker","args":["sleep","900","1"]}]}}}}""");
        assertEquals(List.of("usher", "projector", "speaker"), containers(added));
    }

    @Test
    void strategicMergeObeysDirectives() {
        Obj patched = patch(PatchType.STRATEGIC, """
                {"spec":{"template":{"spec":{"nodeSelector":{"$patch":"replace","zone":"south"},
                 "containers":[{"name":"speaker","$patch":"delete"},
                  {"name":"projector","env":[{"$patch":"replace"},{"name":"ONLY","value":"this"}]}]}}}}""");
        assertEquals(List.of("projector"), containers(patched));
        assertEquals(
                "{\"zone\":\"south\"}",
                patched.at("spec.template.spec.nodeSelector").toString());
        assertEquals(
                "[{\"name\":\"ONLY\",\"value\":\"this\"}]",
                patched.list("spec.template.spec.containers").get(0).at("env").toString());
    }

    @Test
    void strategicMergeOrdersLists() {
        Obj patched = patch(PatchType.STRATEGIC, """
                {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"speaker"},{"name":"projector"}]}}}}""");
        assertEquals(List.of("speaker", "projector"), containers(patched));
        ApiError error = assertThrows(ApiError.class, () -> patch(PatchType.STRATEGIC, """
                        {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"speaker"}],
                         "containers":[{"name":"projector","image":"nginx:1.25"}]}}}}"""));
        assertEquals(
                "The order in patch list:\n[map[image:nginx:1.25 name:projector]]\n doesn't match $setElementOrder"
                        + " list:\n[map[name:speaker]]\n",
                error.getMessage());
    }

    @Test
    void plainValuesAreMergedAndTakenOut() {
        patch(PatchType.STRATEGIC, "{\"metadata\":{\"finalizers\":[\"example.com/reel\",\"example.com/till\"]}}");
        Obj patched = patch(
                PatchType.STRATEGIC, "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"example.com/till\"]}}");
        assertEquals(List.of("example.com/reel"), patched.texts("metadata.finalizers"));
    }

    @Test
    void mergePatchReplacesLists() {
        Obj patched = patch(
                PatchType.MERGE,
                "{\"spec\":{\"replicas\":2,\"template\":{\"spec\":{\"nodeSelector\":null,"
                        + "\"containers\":[{\"name\":\"one\",\"image\":\"nginx\"}]}}}}");
        assertEquals(List.of("one"), containers(patched));
        assertEquals(2, patched.number("spec.replicas"));
        assertEquals(2, patched.generation());
    }

    @Test
    void jsonPatchEditsByPointer() {
        Obj patched = patch(
                PatchType.JSON,
                "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":0},"
                        + "{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":3},"
                        + "{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/1/args/-\",\"value\":\"x\"},"
                        + "{\"op\":\"remove\",\"path\":\"/spec/template/spec/nodeSelector/kubernetes.io~1os\"}]");
        assertEquals(3, patched.number("spec.replicas"));
        assertEquals(
                "{\"zone\":\"north\"}",
                patched.at("spec.template.spec.nodeSelector").toString());
        ApiError error = assertThrows(
                ApiError.class, () -> patch(PatchType.JSON, "[{\"op\":\"remove\",\"path\":\"/spec/nothing\"}]"));
        assertEquals("the server rejected our request due to an error in our request", error.getMessage());
    }

    @Test
    void scaleIsAnotherViewOfTheReplicas() {
        Obj scale = cluster.admin
                .call(Request.get(Resources.DEPLOYMENTS, "default", "booth").subresource("scale"))
                .object();
        assertEquals("app=booth", scale.text("status.selector"));
        Obj scaled = cluster.admin
                .call(Request.update(
                                Resources.DEPLOYMENTS,
                                "default",
                                "booth",
                                scale.copy().set("spec.replicas", 5))
                        .subresource("scale"))
                .object();
        assertEquals(5, scaled.number("spec.replicas"));
        assertEquals(
                5,
                cluster.admin
                        .find(Resources.DEPLOYMENTS, "default", "booth")
                        .orElseThrow()
                        .number("spec.replicas"));
    }
}
