package dev.kubejar.store;

import java.util.List;

/**
 * Hears of every transaction of this store's own batches, in order, as soon as no savepoint can take it back. A batch that is abandoned
 * afterwards was heard all the same: its listeners are abandoned with it.
 */
@FunctionalInterface
public interface Listener {
    void changed(long revision, List<Change> changes);
}
