package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.client.Change;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.client.Watch;
import dev.kubejar.client.WatchEvent;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeOfAnObjectTest {
    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void open() {
        cluster = new TestCluster(folder.resolve("state"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Obj configMap(String name) {
        return Obj.create("v1", "ConfigMap", "default", name).set("data.color", "blue");
    }

    private Obj create(Obj object) {
        return cluster.admin.create(Resources.CONFIGMAPS, object);
    }

    @Test
    void isCreatedReadChangedAndDeleted() {
        Obj made = create(configMap("a"));
        assertFalse(made.uid().isEmpty());
        assertEquals("2026-01-01T00:00:00Z", made.text("metadata.creationTimestamp"));
        Ref ref = Ref.of(Resources.CONFIGMAPS, made);
        assertEquals(made, cluster.admin.get(ref));

        Obj changed = cluster.admin.update(Resources.CONFIGMAPS, made.copy().set("data.color", "red"));
        assertTrue(Long.parseLong(changed.resourceVersion()) > Long.parseLong(made.resourceVersion()));
        assertEquals("red", cluster.admin.get(ref).text("data.color"));

        cluster.admin.delete(ref);
        assertTrue(cluster.admin.find(ref).isEmpty());
        assertEquals(3, cluster.changes.size());
        assertTrue(cluster.changes.get(0).created());
        assertTrue(cluster.changes.get(2).deleted());
    }

    @Test
    void anUpdateThatChangesNothingWritesNothing() {
        Obj made = create(configMap("a"));
        Obj same = cluster.admin.update(Resources.CONFIGMAPS, made.copy());
        assertEquals(made.resourceVersion(), same.resourceVersion());
        assertEquals(1, cluster.changes.size());
    }

    @Test
    void anOldVersionDoesNotOverwriteANewerOne() {
        Obj made = create(configMap("a"));
        cluster.admin.update(Resources.CONFIGMAPS, made.copy().set("data.color", "red"));
        ApiError error = assertThrows(
                ApiError.class,
                () -> cluster.admin.update(Resources.CONFIGMAPS, made.copy().set("data.color", "green")));
        assertEquals(
                "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your"
                        + " changes to the latest version and try again",
                error.getMessage());
    }

    @Test
    void dryRunAnswersAndKeepsNothing() {
        Response tried = cluster.admin.call(
                Request.create(Resources.CONFIGMAPS, "default", configMap("a")).dryRun(true));
        assertEquals("a", tried.object().name());
        assertTrue(cluster.admin.find(Resources.CONFIGMAPS, "default", "a").isEmpty());
        assertTrue(cluster.changes.isEmpty());
    }

    @Test
    void finalizersHoldAnObject() {
        Obj made = create(configMap("a").setTexts("metadata.finalizers", List.of("example.com/hold")));
        Ref ref = Ref.of(Resources.CONFIGMAPS, made);
        cluster.admin.delete(ref);
        Obj held = cluster.admin.get(ref);
        assertTrue(held.deleting());
        assertEquals(0, held.number("metadata.deletionGracePeriodSeconds", -1));
        cluster.admin.update(Resources.CONFIGMAPS, held.copy().remove("metadata.finalizers"));
        assertTrue(cluster.admin.find(ref).isEmpty());
    }

    @Test
    void listsBySelectorsOwnersAndPages() {
        for (String name : List.of("a", "b", "c", "d")) {
            Obj object = configMap(name).setLabel("odd", name.equals("a") || name.equals("c") ? "yes" : "no");
            if (name.equals("d")) {
                object.add(
                        "metadata.ownerReferences",
                        Obj.create("v1", "Pod").set("name", "p").set("uid", "u-1"));
            }
            create(object);
        }
        assertEquals(
                List.of("a", "c"),
                names(Request.list(Resources.CONFIGMAPS, "default").labels("odd=yes")));
        assertEquals(
                List.of("b", "d"), names(Request.list(Resources.CONFIGMAPS, "").labels("odd!=yes")));
        assertEquals(
                List.of("d"),
                names(Request.list(Resources.CONFIGMAPS, "default").ownedBy("u-1")));
        assertEquals(
                List.of("b"),
                names(Request.list(Resources.CONFIGMAPS, "default").fields("metadata.name=b")));
        Response page =
                cluster.admin.call(Request.list(Resources.CONFIGMAPS, "default").limit(3));
        assertEquals(3, page.items().size());
        assertEquals(1, page.object().number("metadata.remainingItemCount"));
        assertEquals(
                List.of("d"),
                names(Request.list(Resources.CONFIGMAPS, "default").limit(3).continueFrom(page.continueToken())));
    }

    private List<String> names(Request request) {
        return cluster.admin.call(request).items().stream().map(Obj::name).toList();
    }

    @Test
    void generatedNamesHaveFiveLettersMore() {
        Obj made = create(Obj.create("v1", "ConfigMap")
                .set("metadata.generateName", "web-")
                .set("metadata.namespace", "default"));
        assertEquals("web-".length() + 5, made.name().length());
    }

    @Test
    void whatIsNotValidIsRefusedWithAllCauses() {
        ApiError error =
                assertThrows(ApiError.class, () -> create(configMap("a").setLabel("bad key!", "v")));
        assertEquals(422, error.code());
        assertEquals("metadata.labels", error.causes().get(0).field());
        assertEquals(List.<Change>of(), cluster.changes);
    }

    @Test
    void aTableHasARowForEachObject() {
        create(configMap("a"));
        Obj table = cluster.admin
                .call(Request.list(Resources.CONFIGMAPS, "default").table(true))
                .object();
        assertEquals("Table", table.kind());
        assertEquals("a", table.list("rows").get(0).text("object.metadata.name"));
    }

    @Test
    void aWatchTellsWhatChangesInItsSelection() {
        create(configMap("a").setLabel("seen", "yes"));
        try (Watch watch = cluster.admin.watch(
                Request.list(Resources.CONFIGMAPS, "default").labels("seen=yes"))) {
            assertEquals("ADDED", watch.poll().orElseThrow().type());
            assertTrue(watch.poll().isEmpty());
            create(configMap("b"));
            Obj b = cluster.admin.get(new Ref(Resources.CONFIGMAPS, "default", "b"));
            cluster.admin.update(Resources.CONFIGMAPS, b.copy().setLabel("seen", "yes"));
            cluster.admin.delete(new Ref(Resources.CONFIGMAPS, "default", "a"));
            WatchEvent came = watch.poll().orElseThrow();
            assertEquals("ADDED b", came.type() + " " + came.object().name());
            WatchEvent went = watch.poll().orElseThrow();
            assertEquals("DELETED a", went.type() + " " + went.object().name());
        }
    }
}
