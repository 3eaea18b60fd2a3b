package dev.kubejar.api;

import dev.kubejar.store.Batch;
import dev.kubejar.store.Change;
import dev.kubejar.store.Compare;
import dev.kubejar.store.Entry;
import dev.kubejar.store.Op;
import dev.kubejar.store.Savepoint;
import dev.kubejar.store.Store;
import dev.kubejar.store.TxnResult;
import java.util.List;
import java.util.function.Supplier;

/** The keys that API objects live under: reads go to the store, writes to the batch that is open at that moment. */
final class Space {
    private final Store store;
    private final Supplier<Batch> batch;

    Space(Store store, Supplier<Batch> batch) {
        this.store = store;
        this.batch = batch;
    }

    /** The entry, or null. */
    Entry get(String key) {
        return store.get(key).orElse(null);
    }

    /** At most {@code limit} entries (0: all) whose keys start with a prefix and sort after {@code after} (empty: all). */
    List<Entry> range(String prefix, String after, int limit) {
        return store.range(prefix, after.isEmpty() ? null : after, limit);
    }

    /** The keys with a prefix that stand under an index entry, in order. */
    List<String> indexed(String index, String prefix) {
        return store.scan(index, prefix);
    }

    /** How many keys with a prefix sort after a key. */
    int countAfter(String prefix, String after) {
        return store.count(prefix, after);
    }

    long revision() {
        return store.revision();
    }

    /** The changes of keys with a prefix since a revision, that one included; see {@link Store#changes}. */
    List<Change> changes(long from, String prefix) {
        return store.changes(from, prefix);
    }

    /**
     * Writes a key, with the index entries under which it is to be found, if {@code expected} is still its revision (0:
     * it does not exist).
     *
     * @return the new revision, or 0 where the key has moved on
     */
    long put(String key, long expected, byte[] value, List<String> indexes) {
        return write(new Compare(key, expected), Op.put(key, value, indexes));
    }

    /** Deletes a key under the same condition; answers as {@link #put}. */
    long delete(String key, long expected) {
        return write(new Compare(key, expected), Op.delete(key));
    }

    private long write(Compare compare, Op op) {
        TxnResult result = batch.get().txn(List.of(compare), List.of(op));
        return result.succeeded() ? result.revision() : 0;
    }

    Savepoint mark() {
        return batch.get().mark();
    }

    void rollback(Savepoint mark) {
        batch.get().rollback(mark);
    }

    void release(Savepoint mark) {
        batch.get().release(mark);
    }
}
