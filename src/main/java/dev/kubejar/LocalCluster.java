package dev.kubejar;

import dev.kubejar.admission.Plugins;
import dev.kubejar.api.ApiServer;
import dev.kubejar.cli.CliError;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Cluster;
import dev.kubejar.client.Identity;
import dev.kubejar.client.NodeStreams;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.client.Watch;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.ApiError;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.sim.Loop;
import dev.kubejar.sim.Randoms;
import dev.kubejar.sim.Timers;
import dev.kubejar.sim.VirtualClock;
import dev.kubejar.store.Batch;
import dev.kubejar.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One local cluster: the store's batches, the clock and the loop around the API server.
 *
 * <pre>
 * first write of a command:  lock, refresh, play what fell due  ─┐
 * each write:                handle, run the loop until quiet    │ one batch, one fsync
 * before anything is printed: commit, unlock                    ─┘
 * </pre>
 */
final class LocalCluster implements Cluster {
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);
    /** What one command catches up with at most: events, and looks of actors at their consequences. */
    private static final int MOST_EVENTS = 100_000;

    private static final long MOST_ACTS = 200_000;

    /** How many looks a command takes at most before it stops moving the clock forward to see more. */
    private static final long MOST_SETTLING_ACTS = 10_000;

    private static final long WAIT_MILLIS = 25;
    private static final int INTERRUPTED = 130;
    private static final String BUSY = "/machine/busy/";

    private final ClusterSettings settings;
    private final Store store;
    private final StoreMemory memory;
    private final Timers timers;
    private final VirtualClock clock;
    private final KindCatalog kinds;
    private final ApiServer api;
    private final ActorContext context;
    /** Made when something first acts: reading needs neither. */
    private ControlPlane plane;

    private Loop<Change> loop;
    private Batch batch;
    private boolean changed;
    private boolean unsettled;
    private boolean told;
    /** A user has had enough of the command that runs. */
    private volatile boolean stopped;

    private Runnable closed = () -> {};
    /** The mark of this process' last commit; another one means that somebody else has written since. */
    private long others;

    private Instant lastChange = Instant.EPOCH;

    private LocalCluster(ClusterSettings settings, Store store) {
        this.settings = settings;
        this.store = store;
        this.memory = new StoreMemory(store, this::batch);
        this.timers = new Timers(memory);
        this.clock = new VirtualClock(memory, settings.wall());
        Randoms randoms = new Randoms(memory);
        this.kinds = Kinds.BUILT_IN;
        this.api = new ApiServer(
                new ApiServer.Setup(store, this::batch, memory, clock, kinds, null, Plugins.inOrder(), this::told));
        this.context = new ActorContext(api::client, api.census(), clock, memory, randoms);
        api.aggregate(new AggregatedApis(context, request -> plane().metrics(request)));
        clock.load();
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
        batch = store.begin(LOCK_PATIENCE, settings.waiting());
        if (!store.isUntouched()) {
            batch.abandon();
            batch = null;
            clock.load();
            return;
        }
        changed = true;
        genesis.birth(clock, memory);
        if (!genesis.filled()) {
            plane().fill();
            loop().drain();
        }
        plane().withdraw(settings.nodes());
        plane().nodes(settings.nodes(), Map.of());
        loop().drain();
        if (!genesis.filled() && !settings.bare()) {
            plane().addOns();
            loop().drain();
        }
        unsettled = true;
        settle();
    }

    /** Makes the genesis that the build ships: a fresh cluster; without nodes where it is bare, else of this age and at rest. */
    static void writeGenesis(ClusterSettings settings, Duration age, java.io.OutputStream out)
            throws java.io.IOException {
        try (LocalCluster cluster = open(settings)) {
            if (!age.isZero()) {
                cluster.advance(age);
                cluster.begin();
                FreshEvents.forget(cluster.context);
                cluster.loop().drain();
                cluster.changed = true;
                cluster.commit();
            }
            cluster.store.exportGenesis(out);
        }
    }

    /** The kinds that CustomResourceDefinitions have made, as of the last commit. */
    List<Kind> customKinds() {
        return read(api::customKinds);
    }

    /** The resources that other servers serve behind this one. */
    List<ApiResource> aggregated() {
        return read(() -> new AggregatedApis(context, request -> null).resources());
    }

    KindCatalog kinds() {
        return api.kinds();
    }

    private ControlPlane plane() {
        if (plane == null) {
            plane = new ControlPlane(context);
            loop = new Loop<>(plane.actors(), memory, timers, clock);
        }
        return plane;
    }

    private Loop<Change> loop() {
        plane();
        return loop;
    }

    private void forget() {
        if (plane != null) {
            loop.forget();
            plane.forget();
        }
    }

    private Batch batch() {
        if (batch == null) {
            throw new IllegalStateException("a write outside of a batch");
        }
        return batch;
    }

    private void told(Change change) {
        changed = true;
        unsettled = true;
        lastChange = clock.now();
        loop().tell(change);
    }

    @Override
    public Client client(Identity user) {
        return new Front(api.client(user));
    }

    @Override
    public Identity authenticate(String token) {
        return read(() -> api.authenticate(token));
    }

    @Override
    public Identity certified(byte[] certificate) {
        return read(() -> Certified.identity(certificate, memory, clock.now()));
    }

    @Override
    public void checkImpersonation(Identity user, Identity other, List<String> groups) {
        if (!user.master()) {
            read(() -> {
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
            goOn();
            if (!request.verb.writes()) {
                return read(() -> inner.call(request));
            }
            Response response = write(() -> inner.call(request));
            // a token is nowhere but with its bearer; what was drawn for it stays drawn
            changed |= request.subresource.equals("token") && !request.dryRun;
            return response;
        }

        @Override
        public Watch watch(Request request) {
            return read(() -> inner.watch(request));
        }

        @Override
        public void checkPath(String verb, String path) {
            read(() -> {
                inner.checkPath(verb, path);
                return null;
            });
        }
    }

    private <T> T read(Supplier<T> work) {
        if (batch == null) {
            store.refresh();
            clock.load();
            catchUpWithoutWaiting();
        }
        return work.get();
    }

    private <T> T write(Supplier<T> work) {
        begin();
        try {
            T result = work.get();
            loop().drain();
            return result;
        } catch (ApiError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            abandon();
            throw e;
        }
    }

    private void begin() {
        if (batch == null) {
            begun(store.begin(LOCK_PATIENCE, settings.waiting()));
        }
    }

    private void begun(Batch fresh) {
        batch = fresh;
        clock.load();
        if (others != store.others()) {
            others = store.others();
            forget();
        }
        changed = false;
        Instant target = clock.enter();
        playUntil(target);
    }

    private void catchUpWithoutWaiting() {
        if (store.due() > nanos(clock.now())) {
            return;
        }
        Optional<Batch> free = store.tryBegin();
        if (free.isPresent()) {
            begun(free.get());
            commit();
        }
    }

    /** Plays everything that falls due up to an instant, each at its own time, and stands there then. */
    private void playUntil(Instant target) {
        int left = MOST_EVENTS;
        long before = plane == null ? 0 : loop.acts();
        for (Timers.Timer next = timers.next();
                next != null && !next.due().isAfter(target) && left-- > 0 && loop().acts() - before < MOST_ACTS;
                next = timers.next()) {
            changed = true;
            clock.moveTo(next.due());
            loop().wakeDue();
            loop().drain();
        }
        clock.moveTo(target);
    }

    @Override
    public NodeStreams streams() {
        return new StreamsFront(plane().streams(), new StreamsFront.Within() {
            @Override
            public <T> T write(Supplier<T> work) {
                return LocalCluster.this.write(() -> {
                    // files and processes change without any API object
                    changed = true;
                    return work.get();
                });
            }

            @Override
            public <T> T read(Supplier<T> work) {
                return LocalCluster.this.read(work);
            }
        });
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public void commit() {
        if (batch == null) {
            return;
        }
        if (!changed) {
            abandon();
            return;
        }
        clock.save();
        Timers.Timer next = timers.next();
        batch.due(next == null ? Store.NOTHING_DUE : nanos(next.due()));
        try {
            batch.commit();
        } catch (RuntimeException e) {
            abandon(); // a full disk, most often: nothing of this batch has happened
            throw e;
        }
        end();
    }

    private void abandon() {
        batch.abandon();
        api.forget();
        forget();
        end();
    }

    private void end() {
        batch = null;
        changed = false;
        clock.leave();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    @Override
    public void settle() {
        if (!unsettled) {
            commit();
            return;
        }
        begin();
        if (clock.mode() == VirtualClock.Mode.AUTO) {
            settleByClock();
        } else {
            playUntil(clock.now());
        }
        unsettled = false;
        changed = true;
        commit();
    }

    private void settleByClock() {
        Instant limit = clock.now().plusSeconds(settings.settleSeconds());
        long before = loop().acts();
        for (Timers.Timer next = timers.next();
                next != null && !next.due().isAfter(limit) && loop().acts() - before < MOST_SETTLING_ACTS;
                next = timers.next()) {
            boolean soon = !next.due().isAfter(lastChange.plus(QUIET));
            if (!soon && memory.first(BUSY) == null) {
                break;
            }
            playUntil(next.due());
        }
        if (settings.settleSeconds() > 0) {
            playUntil(Instant.ofEpochSecond(clock.now().getEpochSecond() + 1));
        }
    }

    @Override
    public boolean awaitChange(Instant deadline) {
        commit();
        goOn();
        if (clock.mode() == VirtualClock.Mode.FROZEN) {
            tellNextDue();
            return false;
        }
        Timers.Timer next = timers.next();
        if (next != null && (deadline == null || !next.due().isAfter(deadline))) {
            if (clock.mode() == VirtualClock.Mode.REAL && sleep(next.due())) {
                return true;
            }
            jump(next.due());
            return true;
        }
        if (settings.alone() && deadline != null) {
            jump(deadline);
            return false;
        }
        return sleep(deadline);
    }

    /** A command that would wait behaves as if its time were up, and the user learns once why. */
    private void tellNextDue() {
        if (!told) {
            told = true;
            Instant due = nextDue();
            settings.waiting()
                    .accept("The clock is frozen at " + dev.kubejar.object.Times.seconds(clock.now()) + "; "
                            + (due == null
                                    ? "nothing is due"
                                    : "next due at " + dev.kubejar.object.Times.seconds(due)));
        }
    }

    private void jump(Instant to) {
        begin();
        changed = true;
        playUntil(to);
        commit();
    }

    /** Waits in real time; true as soon as another process has committed. */
    private boolean sleep(Instant deadline) {
        while (deadline == null || clock.now().isBefore(deadline)) {
            goOn();
            if (store.refresh()) {
                clock.load();
                return true;
            }
            try {
                Thread.sleep(WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    @Override
    public void stop(boolean now) {
        stopped = now;
    }

    private void goOn() {
        if (stopped) {
            stopped = false;
            throw CliError.exit(INTERRUPTED);
        }
    }

    @Override
    public String clockMode() {
        return clock.mode().word();
    }

    @Override
    public void clockMode(String mode) {
        begin();
        clock.mode(VirtualClock.Mode.of(mode));
        changed = true;
        commit();
    }

    @Override
    public void advance(Duration by) {
        begin();
        changed = true;
        playUntil(clock.now().plus(by));
        commit();
    }

    @Override
    public Instant nextDue() {
        Timers.Timer next = timers.next();
        return next == null ? null : next.due();
    }

    @Override
    public String node(String action, String name, Map<String, String> capacity) {
        String done = write(() -> {
            changed = true;
            return plane().node(action, name, capacity);
        });
        settle();
        return done;
    }

    @Override
    public void nodes(int count, Map<String, String> capacity) {
        write(() -> {
            plane().nodes(count, capacity);
            return null;
        });
        settle();
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
        commit();
        store.compactAll();
    }

    @Override
    public void reset() {
        commit();
        store.close();
        fresh(settings, true).close();
    }

    @Override
    public void close() {
        if (batch != null) {
            abandon();
        }
        store.close();
        closed.run();
    }

    /** Has something done once the cluster is closed. */
    void whenClosed(Runnable action) {
        closed = action;
    }
}
