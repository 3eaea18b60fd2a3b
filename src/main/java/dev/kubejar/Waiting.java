package dev.kubejar;

import dev.kubejar.cli.CliError;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Timers;
import dev.kubejar.sim.VirtualClock;
import dev.kubejar.store.Store;
import java.time.Instant;

/** How a command waits for the cluster: it jumps to what is due, and where nothing is, sleeps until somebody else commits. */
final class Waiting {
    private static final long WAIT_MILLIS = 25;
    private static final int INTERRUPTED = 130;

    private final ClusterSettings settings;
    private final Store store;
    private final Turns turns;
    private boolean told;
    /** A user has had enough of the command that runs. */
    private volatile boolean stopped;

    Waiting(ClusterSettings settings, Store store, Turns turns) {
        this.settings = settings;
        this.store = store;
        this.turns = turns;
    }

    /**
     * Waits for something to change.
     *
     * @param deadline when to give up; null for never
     * @return false where nothing will, or the deadline has come
     */
    boolean awaitChange(Instant deadline) {
        turns.commit();
        goOn();
        if (turns.clock.mode() == VirtualClock.Mode.FROZEN) {
            tellNextDue();
            return false;
        }
        Timers.Timer next = turns.timers.next();
        if (next != null && (deadline == null || !next.due().isAfter(deadline))) {
            if (turns.clock.mode() == VirtualClock.Mode.REAL && sleep(next.due())) {
                return true;
            }
            turns.advanceTo(next.due());
            return true;
        }
        if (settings.alone() && deadline != null) {
            turns.advanceTo(deadline);
            return false;
        }
        return sleep(deadline);
    }

    /** A command that would wait behaves as if its time were up, and the user learns once why. */
    private void tellNextDue() {
        if (!told) {
            told = true;
            Instant due = due();
            settings.waiting()
                    .accept("The clock is frozen at " + Times.seconds(turns.clock.now()) + "; "
                            + (due == null ? "nothing is due" : "next due at " + Times.seconds(due)));
        }
    }

    private Instant due() {
        Timers.Timer next = turns.timers.next();
        return next == null ? null : next.due();
    }

    /** Waits in real time; true as soon as another process has committed. */
    private boolean sleep(Instant deadline) {
        while (deadline == null || turns.clock.now().isBefore(deadline)) {
            goOn();
            if (store.refresh()) {
                turns.clock.load();
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

    /** Ends the command that runs, at its next request or wait; or takes that back. */
    void stop(boolean now) {
        stopped = now;
    }

    /** Throws where the command that runs is to end. */
    void goOn() {
        if (stopped) {
            stopped = false;
            throw CliError.exit(INTERRUPTED);
        }
    }
}
