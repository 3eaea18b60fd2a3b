package dev.kubejar.store;

import java.util.ArrayList;
import java.util.List;

/** The changes made by this store's own batches since a revision, so that a control loop can ask for them cheaply. */
final class Recent {
    private static final int KEPT = 1024;

    /** Every change with a greater revision is here. */
    long floor;

    final List<Change> changes = new ArrayList<>();

    void reset(long revision) {
        changes.clear();
        floor = revision;
    }

    void trim(long revision) {
        if (changes.size() > KEPT) {
            reset(revision);
        }
    }

    void cut(int size) {
        if (changes.size() > size) {
            changes.subList(size, changes.size()).clear();
        }
    }
}
