package dev.kubejar.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A writer's turn: transactions and memory that become durable together or not at all. Its store shows them at once. It holds the lock
 * until it is committed or abandoned; closing an unfinished batch abandons it.
 */
public final class Batch implements AutoCloseable {
    final Thread owner = Thread.currentThread();
    private final Store store;
    private final WriterLock lock;
    private final long startRevision;
    private final long startDue;
    private final int startRecent;
    private final List<Write> writes = new ArrayList<>();
    private final Set<String> memory = new TreeSet<>();
    /** Those of them that nobody knew before: deleted again, they leave no trace. */
    private final Set<String> fresh = new HashSet<>();

    private final List<Savepoint> savepoints = new ArrayList<>();
    private final List<List<Change>> unheard = new ArrayList<>();
    private boolean ended;

    Batch(Store store, WriterLock lock) {
        this.store = store;
        this.lock = lock;
        this.startRevision = store.revision;
        this.startDue = store.due;
        this.startRecent = store.recent.changes.size();
    }

    /**
     * Makes the writes if every comparison holds. A transaction that changes something gets the next revision.
     *
     * @throws IllegalArgumentException when two writes have the same key, or a key or an index entry is malformed
     */
    public TxnResult txn(List<Compare> compares, List<Op> ops) {
        synchronized (store) {
            checkOpen();
            check(ops);
            for (int i = 0; i < compares.size(); i++) {
                Compare compare = compares.get(i);
                Slot slot = store.slot(compare.key());
                long found = slot == null || slot.kind() != Slot.OBJECT ? 0 : slot.modRevision();
                if (found != compare.modRevision()) {
                    return new TxnResult(false, store.revision, compare, found == 0 ? null : slot.entry(compare.key()));
                }
            }
            List<Change> changes = write(ops);
            tell(changes);
            return new TxnResult(true, store.revision, null, null);
        }
    }

    private static void check(List<Op> ops) {
        Set<String> keys = ops.size() > 1 ? new HashSet<>() : null;
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            checkKey(op.key());
            if (keys != null && !keys.add(op.key())) {
                throw new IllegalArgumentException("a transaction writes twice: ".concat(op.key()));
            }
            for (int j = 0; j < op.indexes().size(); j++) {
                if (op.indexes().get(j).indexOf('\0') >= 0) {
                    throw new IllegalArgumentException("an index entry cannot contain NUL: ".concat(op.key()));
                }
            }
        }
    }

    private static void checkKey(String key) {
        if (key.isEmpty() || key.charAt(0) != '/') {
            throw new IllegalArgumentException("a key starts with a slash: ".concat(key));
        }
    }

    private List<Change> write(List<Op> ops) {
        long revision = store.revision + 1;
        List<Change> changes = new ArrayList<>(ops.size());
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            Slot before = store.slot(op.key());
            if (before != null && before.kind() != Slot.OBJECT) {
                throw new IllegalArgumentException("the key is in use as memory: ".concat(op.key()));
            }
            if (op.value() == null && before == null) {
                continue;
            }
            changes.add(write(op, before, revision));
        }
        if (!changes.isEmpty()) {
            store.revision = revision;
        }
        return changes;
    }

    private Change write(Op op, Slot before, long revision) {
        Entry last = before == null ? null : before.entry(op.key());
        List<String> had = before == null ? List.of() : before.indexes();
        Slot slot;
        if (op.value() == null) {
            slot = Slot.deleted(last, revision);
        } else {
            slot = Slot.object(
                    op,
                    last == null ? revision : last.createRevision(),
                    revision,
                    last == null ? 1 : last.version() + 1);
        }
        Write write = new Write(op.key(), slot, without(had, op.indexes()), without(op.indexes(), had));
        writes.add(write);
        store.overlay.set(op.key(), slot);
        setIndexes(op.key(), write.removedIndexes(), Slot.TOMBSTONE);
        setIndexes(op.key(), write.addedIndexes(), Slot.INDEX_MARK);
        return new Change(
                op.key(),
                op.value(),
                last == null ? null : last.value(),
                revision,
                last == null ? revision : last.createRevision(),
                op.value() == null ? last.version() : last == null ? 1 : last.version() + 1,
                last == null ? 0 : last.modRevision());
    }

    private void setIndexes(String key, List<String> indexes, Slot slot) {
        for (int i = 0; i < indexes.size(); i++) {
            store.overlay.set(Item.indexKey(indexes.get(i), key), slot);
        }
    }

    private static List<String> without(List<String> some, List<String> others) {
        List<String> left = new ArrayList<>(some.size());
        for (int i = 0; i < some.size(); i++) {
            if (!others.contains(some.get(i))) {
                left.add(some.get(i));
            }
        }
        return left;
    }

    private void tell(List<Change> changes) {
        store.recent.changes.addAll(changes);
        if (savepoints.isEmpty()) {
            store.tell(changes);
        } else {
            unheard.add(changes);
        }
    }

    /** The value of a memory key. */
    public Optional<byte[]> memory(String key) {
        return store.memory(key);
    }

    /** Sets a memory key. */
    public void remember(String key, byte[] value) {
        setMemory(key, Slot.memory(value));
    }

    /** Deletes a memory key. */
    public void forget(String key) {
        synchronized (store) {
            if (store.slot(key) == null) {
                return;
            }
            if (fresh.contains(key)) {
                checkOpen();
                store.overlay.remove(key);
            } else {
                setMemory(key, Slot.TOMBSTONE);
            }
        }
    }

    private void setMemory(String key, Slot slot) {
        synchronized (store) {
            checkOpen();
            checkKey(key);
            Slot before = store.slot(key);
            if (before != null && before.kind() != Slot.MEMORY) {
                throw new IllegalArgumentException("the key is in use with revisions: ".concat(key));
            }
            boolean unknown = before == null && store.overlay.get(key) == null;
            store.overlay.set(key, slot);
            if (memory.add(key) && unknown) {
                fresh.add(key);
            }
        }
    }

    /** Sets the earliest due time, {@link Store#NOTHING_DUE} for none. */
    public void due(long due) {
        synchronized (store) {
            checkOpen();
            store.due = due;
        }
    }

    /** Marks a point to return to. Every savepoint is rolled back or released, the inner ones first or with it. */
    public Savepoint mark() {
        synchronized (store) {
            checkOpen();
            Savepoint savepoint = new Savepoint(
                    writes.size(),
                    store.overlay.mark(),
                    store.revision,
                    store.due,
                    store.recent.changes.size(),
                    unheard.size());
            savepoints.add(savepoint);
            return savepoint;
        }
    }

    /** Takes back everything since the savepoint, and ends it. */
    public void rollback(Savepoint savepoint) {
        synchronized (store) {
            checkOpen();
            end(savepoint);
            writes.subList(savepoint.writes, writes.size()).clear();
            store.overlay.undoTo(savepoint.overlay);
            store.revision = savepoint.revision;
            store.due = savepoint.due;
            store.recent.cut(savepoint.recent);
            unheard.subList(savepoint.unheard, unheard.size()).clear();
            hear();
        }
    }

    /** Keeps what was done since the savepoint, and ends it. */
    public void release(Savepoint savepoint) {
        synchronized (store) {
            checkOpen();
            end(savepoint);
            hear();
        }
    }

    private void end(Savepoint savepoint) {
        int place = savepoints.indexOf(savepoint);
        if (place < 0) {
            throw new IllegalStateException("the savepoint has ended");
        }
        savepoints.subList(place, savepoints.size()).clear();
    }

    private void hear() {
        if (savepoints.isEmpty() && !unheard.isEmpty()) {
            List<List<Change>> now = List.copyOf(unheard);
            unheard.clear();
            for (List<Change> changes : now) {
                store.tell(changes);
            }
        }
    }

    /**
     * Makes the batch durable and ends it: when this returns, it is on disk.
     *
     * @return the store's revision
     * @throws StoreFull when it could not be written; then nothing of it remains
     */
    public long commit() {
        synchronized (store) {
            checkOpen();
            if (writes.isEmpty() && memory.isEmpty() && store.due == startDue) {
                end();
                return store.revision;
            }
            try {
                store.journal.append(record(), store.options.disk());
            } catch (IOException e) {
                abandon();
                throw new StoreFull(
                        "cannot write to " + store.journal.file + ": " + e.getMessage() + "; nothing was changed", e);
            }
            store.overlay.keep();
            try {
                new Upkeep(store).afterCommit();
            } finally {
                end();
            }
            return store.revision;
        }
    }

    private ByteSink record() {
        List<Write> all = new ArrayList<>(writes);
        for (String key : memory) {
            Slot slot = store.overlay.get(key);
            if (slot != null) {
                all.add(new Write(key, slot, List.of(), List.of()));
            }
        }
        int size = 64;
        for (int i = 0; i < all.size(); i++) {
            size += all.get(i).slot().length + 300;
        }
        ByteSink sink = Journal.beginRecord(size);
        JournalRecord.writeHeader(sink, store.revision, store.due, all.size());
        for (int i = 0; i < all.size(); i++) {
            JournalRecord.writeWrite(sink, all.get(i));
        }
        return sink;
    }

    /** Drops everything since the beginning and gives the lock back. */
    public void abandon() {
        synchronized (store) {
            if (ended) {
                return;
            }
            store.overlay.undoTo(0);
            store.overlay.keep();
            store.revision = startRevision;
            store.due = startDue;
            store.recent.cut(startRecent);
            end();
        }
    }

    private void end() {
        ended = true;
        store.ended();
        lock.close();
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("the batch has ended");
        }
    }

    @Override
    public void close() {
        abandon();
    }
}
