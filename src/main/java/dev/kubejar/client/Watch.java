package dev.kubejar.client;

import java.util.Optional;

/** A running watch. Events are there once the cluster has moved on: see {@link Cluster#awaitChange}. */
public interface Watch extends AutoCloseable {
    /** The next event that has already happened. */
    Optional<WatchEvent> poll();

    @Override
    void close();
}
