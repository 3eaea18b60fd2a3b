package dev.kubejar.sim;

import java.time.Duration;
import java.time.Instant;

/** What an actor wants after looking at a key: nothing more, another look later, or a retry with growing delay. */
public final class Outcome {
    private static final Outcome DONE = new Outcome(null, null, null);

    final Duration after;
    final Instant at;
    final String failure;

    private Outcome(Duration after, Instant at, String failure) {
        this.after = after;
        this.at = at;
        this.failure = failure;
    }

    /** Settled; a pending timer of the key is cleared. */
    public static Outcome done() {
        return DONE;
    }

    /** Look again after a while, whatever happens before. */
    public static Outcome again(Duration after) {
        return new Outcome(after, null, null);
    }

    /** Look again at an instant; null is {@link #done()}. */
    public static Outcome at(Instant due) {
        return due == null ? DONE : new Outcome(null, due, null);
    }

    /** It failed for a reason that may pass: look again after 5 ms, 10 ms, 20 ms … as client-go's rate limiter does. */
    public static Outcome failed(String why) {
        return new Outcome(null, null, why);
    }
}
