package dev.kubejar.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One local cluster as a command sees it. Writes made through its clients become durable at the latest with {@link
 * #commit()}, which must come before anything is printed; the lock is free again after it.
 */
public interface Cluster extends AutoCloseable {
    /** Speaks to the API server as this user. */
    Client client(Identity user);

    /** The user that a bearer token stands for; throws Unauthorized for one that the cluster did not issue. */
    default Identity authenticate(String token) {
        throw new dev.kubejar.object.ApiError(401, "Unauthorized", "Unauthorized");
    }

    /** The user of a client certificate, in DER; throws Unauthorized for one that the cluster's authority did not sign. */
    default Identity certified(byte[] certificate) {
        throw new dev.kubejar.object.ApiError(401, "Unauthorized", "Unauthorized");
    }

    /** Throws Forbidden unless a user may act as another and as these groups, which were asked for by name. */
    default void checkImpersonation(Identity user, Identity other, java.util.List<String> groups) {}

    NodeStreams streams();

    /** The virtual time: fixed while the cluster works, moving with the clock's mode otherwise. */
    Instant now();

    /** Makes everything acknowledged durable and lets go of the lock. */
    void commit();

    /** Lets the cluster come to rest after a change, moving the clock as the mode allows; then commits. */
    void settle();

    /**
     * Waits for the next thing to happen, for a command such as wait or logs -f: jumps to the next due event before the
     * deadline, or waits for another process' commit.
     *
     * @return false when the deadline has come (null: never; in frozen mode: nothing is due before it)
     */
    boolean awaitChange(Instant deadline);

    /** Has whatever waits or works for a command give up, from another thread, until it is taken back. */
    default void stop(boolean now) {}

    /** The clock's mode: {@code auto}, {@code real} or {@code frozen}. */
    String clockMode();

    void clockMode(String mode);

    /** Moves the clock forward, playing everything that falls due. */
    void advance(Duration by);

    /** When the next timer is due, or null. */
    Instant nextDue();

    /** Gives the cluster this many nodes; null keeps a node's default resource. */
    void nodes(int count, Map<String, String> capacity);

    /**
     * Adds, removes, stops (as by its power switch) or starts one node.
     *
     * @param action {@code add}, {@code remove}, {@code stop} or {@code start}
     * @param name empty for the first free one
     * @return the node's name
     */
    String node(String action, String name, Map<String, String> capacity);

    /** What {@code sim status} shows: name and value, in order. */
    Map<String, String> status();

    /** Merges the state's files into one. */
    void compact();

    /** Throws the cluster away and starts a fresh one. */
    void reset();

    @Override
    void close();
}
