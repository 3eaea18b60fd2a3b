package dev.kubejar;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.object.ApiError;
import dev.kubejar.sim.Loop;
import dev.kubejar.sim.Timers;
import dev.kubejar.sim.VirtualClock;
import dev.kubejar.store.Batch;
import dev.kubejar.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The turns that a process takes at writing a cluster: the store's batches, the clock, and the loop that works off what a request
 * sets going.
 *
 * <pre>
 * first write of a command:  lock, refresh, play what fell due  ─┐
 * each write:                handle, run the loop until quiet    │ one batch, one fsync
 * before anything is printed: commit, unlock                    ─┘
 * </pre>
 */
final class Turns {
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);
    /** What one command catches up with at most: events, and looks of actors at their consequences. */
    private static final int MOST_EVENTS = 100_000;

    private static final long MOST_ACTS = 200_000;

    /** How many looks a command takes at most before it stops moving the clock forward to see more. */
    private static final long MOST_SETTLING_ACTS = 10_000;

    private static final String BUSY = "/machine/busy/";

    final StoreMemory memory;
    final Timers timers;
    final VirtualClock clock;
    private final ClusterSettings settings;
    private final Store store;
    private ActorContext context;
    /** Has the API server forget what it holds of an abandoned batch. */
    private Runnable api = () -> {};
    /** Made when something first acts: reading needs neither. */
    private ControlPlane plane;

    private Loop<Change> loop;
    private Batch batch;
    private boolean changed;
    private boolean unsettled;
    /** The mark of this process' last commit; another one means that somebody else has written since. */
    private long others;

    private Instant lastChange = Instant.EPOCH;

    Turns(ClusterSettings settings, Store store) {
        this.settings = settings;
        this.store = store;
        this.memory = new StoreMemory(store, this::batch);
        this.timers = new Timers(memory);
        this.clock = new VirtualClock(memory, settings.wall());
    }

    /** Says who acts, and who is to forget an abandoned batch; before the first turn. */
    void among(ActorContext actors, Runnable forgetful) {
        context = actors;
        api = forgetful;
        clock.load();
    }

    /** Everything that acts. */
    ControlPlane plane() {
        if (plane == null) {
            plane = new ControlPlane(context);
            loop = new Loop<>(plane.actors(), memory, timers, clock);
        }
        return plane;
    }

    Loop<Change> loop() {
        plane();
        return loop;
    }

    private void forget() {
        if (plane != null) {
            loop.forget();
            plane.forget();
        }
    }

    /** The running turn's batch. */
    Batch batch() {
        if (batch == null) {
            throw new IllegalStateException("a write outside of a batch");
        }
        return batch;
    }

    /** An API object has changed in this turn. */
    void told(Change change) {
        changed = true;
        unsettled = true;
        lastChange = clock.now();
        loop().tell(change);
    }

    /** Something other than an API object has changed: files, processes, the clock. */
    void touched() {
        changed = true;
    }

    /** Whether a turn is running. */
    boolean running() {
        return batch != null;
    }

    /**
     * Begins a new cluster's first turn.
     *
     * @return false, with nothing begun, where another process was first
     */
    boolean first() {
        batch = store.begin(LOCK_PATIENCE, settings.waiting());
        if (!store.isUntouched()) {
            batch.abandon();
            batch = null;
            clock.load();
            return false;
        }
        changed = true;
        unsettled = true;
        return true;
    }

    /** Reads as of the last commit, or in the running turn; what is due is caught up with if nobody else writes. */
    <T> T read(Supplier<T> work) {
        if (batch == null) {
            store.refresh();
            clock.load();
            catchUpWithoutWaiting();
        }
        return work.get();
    }

    /** Does something in a turn, and what the cluster makes of it. */
    <T> T write(Supplier<T> work) {
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

    /** Begins a turn unless one is running: takes the lock and plays what fell due. */
    void begin() {
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
    void playUntil(Instant target) {
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

    /** Makes durable what this turn has written, and ends it. */
    void commit() {
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

    /** Leaves the cluster as it was before this turn. */
    void abandon() {
        batch.abandon();
        api.run();
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

    /** Ends a command that has written: lets the cluster come to rest by the clock, and commits. */
    void settle() {
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

    /** Moves the clock on, playing what falls due. */
    void advanceTo(Instant to) {
        begin();
        changed = true;
        playUntil(to);
        commit();
    }
}
