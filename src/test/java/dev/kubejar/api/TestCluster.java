package dev.kubejar.api;

import dev.kubejar.admission.Plugins;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Resources;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Memory;
import dev.kubejar.store.Batch;
import dev.kubejar.store.Options;
import dev.kubejar.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** An API server over a store of its own, with time standing still and no controllers. */
final class TestCluster implements AutoCloseable {
    final Store store;
    Batch batch;
    final List<Change> changes = new ArrayList<>();
    final ApiServer server;
    final Client admin;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    TestCluster(Path folder) {
        this(folder, List.of());
    }

    TestCluster(Path folder, List<Admission> plugins) {
        store = Store.create(folder, null, Options.standard());
        batch = store.begin(Duration.ofSeconds(5), null);
        Clock clock = () -> now;
        server = new ApiServer(new ApiServer.Setup(
                store,
                () -> batch,
                new BatchMemory(store, () -> batch),
                clock,
                Kinds.BUILT_IN,
                null,
                plugins,
                changes::add));
        admin = server.client(Identity.ADMIN);
    }

    /** With all admission plugins, the namespace {@code default} and its service account. */
    static TestCluster withPlugins(Path folder) {
        TestCluster cluster = new TestCluster(folder, Plugins.inOrder());
        cluster.admin.create(Resources.NAMESPACES, Obj.create("v1", "Namespace", "", "default"));
        cluster.admin.create(Resources.SERVICEACCOUNTS, Obj.create("v1", "ServiceAccount", "default", "default"));
        cluster.priorityClass("system-cluster-critical", 2000000000);
        cluster.priorityClass("system-node-critical", 2000001000);
        cluster.changes.clear();
        return cluster;
    }

    private void priorityClass(String name, long value) {
        admin.create(
                Resources.PRIORITYCLASSES,
                Obj.create("scheduling.k8s.io/v1", "PriorityClass", "", name).set("value", value));
    }

    /** Makes what was written durable and forgets how it came about. */
    void commitAndCompact() {
        batch.commit();
        store.compactAll();
        batch = store.begin(Duration.ofSeconds(5), null);
    }

    @Override
    public void close() {
        batch.abandon();
        store.close();
    }

    /** The batch's memory keys. */
    private record BatchMemory(Store store, Supplier<Batch> batch) implements Memory {
        @Override
        public byte[] get(String key) {
            return store.memory(key).orElse(null);
        }

        @Override
        public void put(String key, byte[] value) {
            batch.get().remember(key, value);
        }

        @Override
        public void delete(String key) {
            batch.get().forget(key);
        }

        @Override
        public void scan(String prefix, BiConsumer<String, byte[]> visitor) {
            store.memoryRange(prefix, null, 0).forEach(cell -> visitor.accept(cell.key(), cell.value()));
        }

        @Override
        public String first(String prefix) {
            return store.memoryRange(prefix, null, 1).stream()
                    .map(cell -> cell.key())
                    .findFirst()
                    .orElse(null);
        }
    }
}
