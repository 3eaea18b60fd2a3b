package dev.kubejar.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waiting for the cluster: what was printed goes out first, and no lock is held meanwhile. */
public final class Await {
    /** What kubectl takes for ever: a week. */
    public static final Duration FOR_EVER = Duration.ofDays(7);

    private Await() {}

    /** When a wait that begins now and takes at most this long is over. */
    public static Instant deadline(Invocation call, Duration timeout) {
        return call.now().plus(timeout);
    }

    /** Waits until something holds; false when the deadline came first. */
    public static boolean until(Invocation call, Instant deadline, BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            call.session().flush();
            if (!call.cluster().awaitChange(deadline)) {
                return holds.getAsBoolean();
            }
        }
        return true;
    }
}
