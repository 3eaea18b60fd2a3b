package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomKindsTest {
    private static final GroupVersionResource FERRIES = GroupVersionResource.of("harbor.example.org/v1", "ferries");

    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void open() {
        cluster = TestCluster.withPlugins(folder.resolve("state"));
        cluster.admin.create(Resources.CUSTOMRESOURCEDEFINITIONS, Obj.parse("""
                        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                         "metadata":{"name":"ferries.harbor.example.org"},
                         "spec":{"group":"harbor.example.org","scope":"Namespaced",
                          "names":{"kind":"Ferry","plural":"ferries","singular":"ferry","shortNames":["fy"]},
                          "versions":[{"name":"v1","served":true,"storage":true,
                           "subresources":{"status":{}},
                           "additionalPrinterColumns":[{"name":"Captain","type":"string","jsonPath":".spec.captain"}],
                           "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
                            "required":["captain"],
                            "properties":{"captain":{"type":"string"},"decks":{"type":"integer","minimum":1,"default":2}}},
                            "status":{"type":"object","properties":{"docked":{"type":"boolean"}}}}}}}]}}"""));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Obj ferry(String name) {
        return Obj.create("harbor.example.org/v1", "Ferry", "default", name);
    }

    @Test
    void aNameThatBecomesFreeGoesToWhoLackedIt() {
        cluster.admin.create(Resources.CUSTOMRESOURCEDEFINITIONS, Obj.parse("""
                        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                         "metadata":{"name":"barges.harbor.example.org"},
                         "spec":{"group":"harbor.example.org","scope":"Namespaced",
                          "names":{"kind":"Barge","plural":"barges","singular":"barge","shortNames":["fy"]},
                          "versions":[{"name":"v1","served":true,"storage":true,
                           "schema":{"openAPIV3Schema":{"type":"object"}}}]}}"""));
        Ref barges = new Ref(Resources.CUSTOMRESOURCEDEFINITIONS, "", "barges.harbor.example.org");
        Obj names = cluster.admin.get(barges).list("status.conditions").get(0);
        assertEquals("ShortNamesConflict", names.text("reason"));
        assertEquals("\"fy\" is already in use", names.text("message"));
        cluster.admin.delete(new Ref(Resources.CUSTOMRESOURCEDEFINITIONS, "", "ferries.harbor.example.org"));
        for (Obj condition : cluster.admin.get(barges).list("status.conditions")) {
            assertEquals("True", condition.text("status"), condition.text("type"));
        }
    }

    @Test
    void aDefinitionIsEstablishedAtOnce() {
        Obj definition = cluster.admin
                .find(Resources.CUSTOMRESOURCEDEFINITIONS, "", "ferries.harbor.example.org")
                .orElseThrow();
        assertEquals("Established", definition.list("status.conditions").get(1).text("type"));
        assertTrue(
                cluster.server.kinds().byKind("harbor.example.org/v1", "Ferry").isPresent());
    }

    @Test
    void itsObjectsArePrunedDefaultedAndStored() {
        Obj made = cluster.admin.create(
                FERRIES, ferry("isolde").set("spec.captain", "Brandt").set("spec.colour", "red"));
        assertEquals("{\"captain\":\"Brandt\",\"decks\":2}", made.at("spec").toString());
        assertEquals(1, made.generation());
        Obj table =
                cluster.admin.call(Request.list(FERRIES, "default").table(true)).object();
        assertEquals(
                "[\"isolde\",\"Brandt\"]", table.list("rows").get(0).at("cells").toString());
        Obj docked = cluster.admin.updateStatus(FERRIES, made.copy().set("status.docked", true));
        assertTrue(docked.bool("status.docked"));
        assertEquals(1, docked.generation());
    }

    @Test
    void itsSchemaRefusesWhatIsNotValid() {
        ApiError error = assertThrows(
                ApiError.class,
                () -> cluster.admin.create(FERRIES, ferry("bruno").set("spec.decks", 0)));
        assertEquals(422, error.code());
        assertEquals(
                List.of(
                        "spec.captain: Required value",
                        "spec.decks: Invalid value: 0: spec.decks in body should be greater than or equal to 1"),
                error.causes().stream()
                        .map(cause -> cause.field() + ": " + cause.message())
                        .sorted()
                        .toList());
    }

    @Test
    void itsObjectsGoWithIt() {
        cluster.admin.create(FERRIES, ferry("isolde").set("spec.captain", "Brandt"));
        Ref definition = new Ref(Resources.CUSTOMRESOURCEDEFINITIONS, "", "ferries.harbor.example.org");
        cluster.admin.delete(definition);
        assertTrue(cluster.admin.find(definition).isEmpty());
        assertFalse(cluster.server.kinds().byResource(FERRIES).isPresent());
        ApiError error = assertThrows(ApiError.class, () -> cluster.admin.list(FERRIES, "default"));
        assertEquals("the server could not find the requested resource", error.getMessage());
    }

    private static final Ref DEFINITION =
            new Ref(Resources.CUSTOMRESOURCEDEFINITIONS, "", "ferries.harbor.example.org");

    private void change(String patch) {
        cluster.admin.call(
                Request.patch(DEFINITION.resource(), "", DEFINITION.name(), Request.PatchType.JSON, Json.read(patch)));
    }

    @Test
    void storedObjectsFollowTheSchemaOfToday() {
        cluster.admin.create(FERRIES, ferry("isolde").set("spec.captain", "Brandt"));
        String spec = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
        change("[{\"op\":\"add\",\"path\":\"" + spec
                + "/flag\",\"value\":{\"type\":\"string\",\"default\":\"DE\"}},"
                + "{\"op\":\"remove\",\"path\":\"" + spec + "/decks\"}]");
        Obj read = cluster.admin.find(FERRIES, "default", "isolde").orElseThrow();
        assertEquals("{\"captain\":\"Brandt\",\"flag\":\"DE\"}", read.at("spec").toString());
        Obj labelled = cluster.admin.update(FERRIES, read.copy().setLabel("a", "b"));
        assertEquals(1, labelled.generation());
    }

    @Test
    void theStoredVersionNeedNotBeServed() {
        change("[{\"op\":\"copy\",\"from\":\"/spec/versions/0\",\"path\":\"/spec/versions/1\"},"
                + "{\"op\":\"replace\",\"path\":\"/spec/versions/1/name\",\"value\":\"v2\"},"
                + "{\"op\":\"replace\",\"path\":\"/spec/versions/1/storage\",\"value\":false},"
                + "{\"op\":\"replace\",\"path\":\"/spec/versions/0/served\",\"value\":false}]");
        GroupVersionResource second = GroupVersionResource.of("harbor.example.org/v2", "ferries");
        cluster.admin.create(
                second,
                Obj.create("harbor.example.org/v2", "Ferry", "default", "bruno").set("spec.captain", "B"));
        assertEquals(
                "harbor.example.org/v2",
                cluster.admin.list(second, "default").get(0).apiVersion());
        cluster.admin.delete(DEFINITION);
        assertTrue(cluster.admin.find(DEFINITION).isEmpty());
    }

    @Test
    void anAnswerMayBeMetadataAlone() {
        cluster.admin.create(FERRIES, ferry("isolde").set("spec.captain", "Brandt"));
        Obj list = cluster.admin
                .call(Request.list(FERRIES, "default").partial(true))
                .object();
        assertEquals("PartialObjectMetadataList", list.kind());
        assertEquals("PartialObjectMetadata", list.list("items").get(0).kind());
        assertFalse(list.list("items").get(0).has("spec"));
        assertEquals("Brandt", row("Object").text("object.spec.captain"));
        assertTrue(row("None").at("object").isNull());
        assertEquals(
                "Unable to convert to Table as requested: includeObject: Invalid value: \"All\": must be 'Metadata',"
                        + " 'Object', 'None', or empty",
                assertThrows(ApiError.class, () -> row("All")).getMessage());
    }

    private Obj row(String include) {
        Request table = Request.get(FERRIES, "default", "isolde").table(true).includeObject(include);
        return cluster.admin.call(table).object().list("rows").get(0);
    }
}
