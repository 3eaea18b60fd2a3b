package dev.kubejar;

import dev.kubejar.admission.Plugins;
import dev.kubejar.api.ApiServer;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Client;
import dev.kubejar.client.Cluster;
import dev.kubejar.client.Identity;
import dev.kubejar.client.NodeStreams;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.client.Watch;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.sim.Randoms;
import dev.kubejar.sim.Timers;
import dev.kubejar.sim.VirtualClock;
import dev.kubejar.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One local cluster: a folder's store behind an API server, with everything that acts on it. */
final class LocalCluster implements Cluster {
    private final ClusterSettings settings;
    private final Store store;
    private final VirtualClock clock;
    private final Turns turns;
    private final Waiting waiting;
    private final ApiServer api;
    private final ActorContext context;
    private Runnable closed = () -> {};

    private LocalCluster(ClusterSettings settings, Store store) {
        this.settings = settings;
        this.store = store;
        this.turns = new Turns(settings, store);
        this.clock = turns.clock;
        this.waiting = new Waiting(settings, store, turns);
        this.api = new ApiServer(new ApiServer.Setup(
                store, turns::batch, turns.memory, clock, Kinds.BUILT_IN, null, Plugins.inOrder(), turns::told));
        Randoms randoms = new Randoms(turns.memory);
        this.context = new ActorContext(api::client, api.census(), clock, turns.memory, randoms);
        api.aggregate(new AggregatedApis(context, request -> turns.plane().metrics(request)));
        turns.among(context, api::forget);
    }

    /** Opens the cluster of a folder, making it first where there is none. */
    static LocalCluster open(ClusterSettings settings) {
        if (Store.exists(settings.folder())) {
            Store store = Store.open(settings.folder(), settings.storeOptions());
            if (!store.isUntouched()) {
                return new LocalCluster(settings, store);
            }
            store.close();
        }
        return fresh(settings, false);
    }

    private static LocalCluster fresh(ClusterSettings settings, boolean replace) {
        Genesis genesis = Genesis.of(settings);
        LocalCluster cluster = new LocalCluster(settings, genesis.store(replace));
        cluster.birth(genesis);
        return cluster;
    }

    /**
     * A new cluster's own first command: seed, clock, and what its genesis does not hold. Whoever finds a cluster without it, because
     * its maker was killed, does it; of several who meet the first.
     */
    private void birth(Genesis genesis) {
        if (!turns.first()) {
            return;
        }
        genesis.birth(clock, turns.memory);
        if (!genesis.filled()) {
            turns.plane().fill();
            turns.loop().drain();
        }
        turns.plane().withdraw(settings.nodes());
        turns.plane().nodes(settings.nodes(), Map.of());
        turns.loop().drain();
        if (!genesis.filled() && !settings.bare()) {
            turns.plane().addOns();
            turns.loop().drain();
        }
        turns.settle();
    }

    /** Makes the genesis that the build ships: a fresh cluster; without nodes where it is bare, else of this age and at rest. */
    static void writeGenesis(ClusterSettings settings, Duration age, java.io.OutputStream out)
            throws java.io.IOException {
        try (LocalCluster cluster = open(settings)) {
            if (!age.isZero()) {
                cluster.advance(age);
                cluster.turns.begin();
                FreshEvents.forget(cluster.context);
                cluster.turns.loop().drain();
                cluster.turns.touched();
                cluster.turns.commit();
            }
            cluster.store.exportGenesis(out);
        }
    }

    /** The kinds that CustomResourceDefinitions have made, as of the last commit. */
    List<Kind> customKinds() {
        return turns.read(api::customKinds);
    }

    /** The resources that other servers serve behind this one. */
    List<ApiResource> aggregated() {
        return turns.read(() -> new AggregatedApis(context, request -> null).resources());
    }

    KindCatalog kinds() {
        return api.kinds();
    }

    @Override
    public Client client(Identity user) {
        return new Front(api.client(user));
    }

    @Override
    public Identity authenticate(String token) {
        return turns.read(() -> api.authenticate(token));
    }

    @Override
    public Identity certified(byte[] certificate) {
        return turns.read(() -> Certified.identity(certificate, turns.memory, clock.now()));
    }

    @Override
    public void checkImpersonation(Identity user, Identity other, List<String> groups) {
        if (!user.master()) {
            turns.read(() -> {
                api.checkImpersonation(user, other, groups);
                return null;
            });
        }
    }

    /** What a command speaks to: its writes are followed by the cluster's own work. */
    private final class Front implements Client {
        private final Client inner;

        Front(Client inner) {
            this.inner = inner;
        }

        @Override
        public Response call(Request request) {
            waiting.goOn();
            if (!request.verb.writes()) {
                return turns.read(() -> inner.call(request));
            }
            Response response = turns.write(() -> inner.call(request));
            // a token is nowhere but with its bearer; what was drawn for it stays drawn
            if (request.subresource.equals("token") && !request.dryRun) {
                turns.touched();
            }
            return response;
        }

        @Override
        public Watch watch(Request request) {
            return turns.read(() -> inner.watch(request));
        }

        @Override
        public void checkPath(String verb, String path) {
            turns.read(() -> {
                inner.checkPath(verb, path);
                return null;
            });
        }
    }

    @Override
    public NodeStreams streams() {
        return new StreamsFront(turns.plane().streams(), new StreamsFront.Within() {
            @Override
            public <T> T write(Supplier<T> work) {
                return turns.write(() -> {
                    // files and processes change without any API object
                    turns.touched();
                    return work.get();
                });
            }

            @Override
            public <T> T read(Supplier<T> work) {
                return turns.read(work);
            }
        });
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public void commit() {
        turns.commit();
    }

    @Override
    public void settle() {
        turns.settle();
    }

    @Override
    public boolean awaitChange(Instant deadline) {
        return waiting.awaitChange(deadline);
    }

    @Override
    public void stop(boolean now) {
        waiting.stop(now);
    }

    @Override
    public String clockMode() {
        return clock.mode().word();
    }

    @Override
    public void clockMode(String mode) {
        turns.begin();
        clock.mode(VirtualClock.Mode.of(mode));
        turns.touched();
        turns.commit();
    }

    @Override
    public void advance(Duration by) {
        turns.begin();
        turns.advanceTo(clock.now().plus(by));
    }

    @Override
    public Instant nextDue() {
        Timers.Timer next = turns.timers.next();
        return next == null ? null : next.due();
    }

    @Override
    public String node(String action, String name, Map<String, String> capacity) {
        String done = turns.write(() -> {
            turns.touched();
            return turns.plane().node(action, name, capacity);
        });
        turns.settle();
        return done;
    }

    @Override
    public void nodes(int count, Map<String, String> capacity) {
        turns.write(() -> {
            turns.plane().nodes(count, capacity);
            return null;
        });
        turns.settle();
    }

    @Override
    public Map<String, String> status() {
        store.refresh();
        clock.load();
        Map<String, String> out = new LinkedHashMap<>();
        out.put("State", settings.folder().toString());
        out.put("Revision", Long.toString(store.revision()));
        out.put("Clock", clock.mode().word() + ", " + dev.kubejar.object.Times.seconds(clock.now()));
        Instant due = nextDue();
        out.put("Next due", due == null ? "nothing" : dev.kubejar.object.Times.seconds(due));
        out.put(
                "Nodes",
                Integer.toString(
                        client(Identity.ADMIN).list(Resources.NODES, "").size()));
        out.put("State hash", store.stateHash());
        return out;
    }

    @Override
    public void compact() {
        turns.commit();
        store.compactAll();
    }

    @Override
    public void reset() {
        turns.commit();
        store.close();
        fresh(settings, true).close();
    }

    @Override
    public void close() {
        if (turns.running()) {
            turns.abandon();
        }
        store.close();
        closed.run();
    }

    /** Has something done once the cluster is closed. */
    void whenClosed(Runnable action) {
        closed = action;
    }
}
