package dev.kubejar.sim;

import java.util.function.BiConsumer;

/**
 * Keyed bytes that live and die with the API objects' transactions, without revisions or watch: timers, random streams,
 * processes, file systems, logs, proxy counters. Keys start with {@code /machine/}.
 */
public interface Memory {
    /** The value, or null. The caller must not change it. */
    byte[] get(String key);

    void put(String key, byte[] value);

    void delete(String key);

    /** Visits keys with a prefix in order; the visitor must not write meanwhile. */
    void scan(String prefix, BiConsumer<String, byte[]> visitor);

    /** The first key with a prefix, or null. */
    String first(String prefix);
}
