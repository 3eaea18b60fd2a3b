package dev.kubejar.store;

import java.util.Iterator;

/** One immutable sorted file of a tier. */
interface Segment extends AutoCloseable {

    /** What stands under a key, or null. */
    Slot get(String key);

    /** What stands at and behind a key, in order. */
    Iterator<Item> from(String key, boolean inclusive);

    @Override
    void close();
}
