package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.client.Watch;
import dev.kubejar.client.WatchEvent;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListsAndWatchesTest {
    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void open() {
        cluster = TestCluster.withPlugins(folder.resolve("state"));
        for (String name : List.of("a", "b", "c", "d")) {
            create(name);
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void create(String name) {
        cluster.admin.create(Resources.CONFIGMAPS, Obj.create("v1", "ConfigMap", "default", name));
    }

    private void delete(String name) {
        cluster.admin.delete(new Ref(Resources.CONFIGMAPS, "default", name));
    }

    private static Request list() {
        return Request.list(Resources.CONFIGMAPS, "default");
    }

    private Response call(Request request) {
        return cluster.admin.call(request);
    }

    private static List<String> names(Response list) {
        return list.items().stream().map(Obj::name).toList();
    }

    private ApiError refused(Request request) {
        return assertThrows(ApiError.class, () -> call(request));
    }

    @Test
    void laterPagesShowWhatTheFirstOneSaw() {
        Response first = call(list().limit(2));
        assertEquals(List.of("a", "b"), names(first));
        assertEquals(2, first.object().number("metadata.remainingItemCount"));
        create("bb");
        delete("c");
        cluster.admin.update(
                Resources.CONFIGMAPS,
                cluster.admin
                        .list(Resources.CONFIGMAPS, "default")
                        .get(3)
                        .copy()
                        .set("data.k", "v"));
        Response second = call(list().limit(1).continueFrom(first.continueToken()));
        assertEquals(List.of("c"), names(second));
        assertEquals(first.resourceVersion(), second.resourceVersion());
        assertEquals(1, second.object().number("metadata.remainingItemCount"));
        Response third = call(list().limit(1).continueFrom(second.continueToken()));
        assertEquals(List.of("d"), names(third));
        assertFalse(third.items().get(0).has("data"));
        assertEquals("", third.continueToken());
        assertEquals(List.of("a", "b", "bb", "d"), names(call(list())));
    }

    @Test
    void aListIsOfTheRevisionThatItNames() {
        String then = call(list()).resourceVersion();
        create("e");
        assertEquals(
                4,
                call(list().resourceVersion(then).resourceVersionMatch("Exact"))
                        .items()
                        .size());
        assertEquals(5, call(list().resourceVersion(then)).items().size());
        assertEquals(5, call(list().resourceVersion("0").limit(2)).items().size());
        ApiError future = refused(list().resourceVersion("1000000"));
        assertEquals("Timeout", future.reason());
        assertEquals(
                "Timeout: Too large resource version: 1000000, current: "
                        + call(list()).resourceVersion(),
                future.getMessage());
        assertEquals(
                "invalid resource version: resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\":"
                        + " invalid syntax",
                refused(list().resourceVersion("x")).getMessage());
        assertEquals(
                "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is"
                        + " forbidden unless resourceVersion is provided",
                refused(list().resourceVersionMatch("Exact")).getMessage());
    }

    @Test
    void aWatchBeginsWithWhatThereIsAndSaysSo() {
        Request one = list().fields("metadata.name=b").bookmarks(true);
        try (Watch watch = cluster.admin.watch(one)) {
            assertEquals("ADDED", watch.poll().orElseThrow().type());
            WatchEvent mark = watch.poll().orElseThrow();
            assertEquals("BOOKMARK", mark.type());
            assertEquals(
                    "{\"k8s.io/initial-events-end\":\"true\"}",
                    mark.object().at("metadata.annotations").toString());
            create("z");
            assertEquals(Optional.empty(), watch.poll());
            cluster.now = cluster.now.plus(Duration.ofMinutes(2));
            assertEquals(
                    call(list()).resourceVersion(),
                    watch.poll().orElseThrow().object().resourceVersion());
            delete("b");
            assertEquals("DELETED", watch.poll().orElseThrow().type());
        }
    }

    @Test
    void whatAWatchMayAskFor() {
        try (Watch watch = cluster.admin.watch(list().initialEvents(false).resourceVersionMatch("NotOlderThan"))) {
            assertTrue(watch.poll().isEmpty());
        }
        ApiError error = assertThrows(ApiError.class, () -> cluster.admin.watch(list().initialEvents(true)));
        assertEquals(
                "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires"
                        + " setting resourceVersionMatch to NotOlderThan",
                error.getMessage());
    }

    @Test
    void compactedHistoryIsExpired() {
        Response first = call(list().limit(2));
        create("bb");
        cluster.commitAndCompact();
        create("e");
        ApiError expired = refused(list().limit(2).continueFrom(first.continueToken()));
        assertEquals(410, expired.code());
        assertTrue(expired.getMessage().contains("results in an inconsistent list"));
        assertEquals(
                List.of("bb", "c", "d", "e"),
                names(call(list().continueFrom(expired.status().text("metadata.continue")))));
        assertEquals(
                "The resourceVersion for the provided list is too old.",
                refused(list().resourceVersion(first.resourceVersion()).resourceVersionMatch("Exact"))
                        .getMessage());
        try (Watch watch = cluster.admin.watch(list().resourceVersion(first.resourceVersion()))) {
            WatchEvent gone = watch.poll().orElseThrow();
            assertEquals("ERROR", gone.type());
            assertTrue(
                    gone.object().text("message").startsWith("too old resource version: " + first.resourceVersion()));
        }
    }
}
