package dev.kubejar.sim;

import java.util.function.Consumer;

/**
 * One party of the cluster (a controller, the scheduler, a kubelet): it names the keys that an event concerns, and acts
 * on one key at a time. It keeps nothing between calls that it cannot read again.
 *
 * @param <E> what it is told of: a change of one object
 */
public interface Actor<E> {
    /** Unique, stable, without a slash: it names timers and random streams. */
    String name();

    /** Names the keys that this event makes worth a look. */
    void observe(E event, Consumer<String> wake);

    Outcome act(String key);

    /** Forgets what it has kept of the state: others have committed, or the transaction was abandoned. */
    default void forget() {}
}
