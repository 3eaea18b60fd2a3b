package dev.kubejar.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cluster's state in a folder, seen at one revision.
 *
 * <p>A store belongs to one session (a command, a shell); its methods may be called by several threads. What it shows changes by its own
 * batches and by {@link #refresh}. Reading takes no lock and waits for nobody. Keys start with a slash; of their values the store knows
 * nothing. Keys have revisions and index entries when they are written by a transaction; those written as memory have neither.
 */
public final class Store implements AutoCloseable {
    /** What {@link #due} says when nothing is due. */
    public static final long NOTHING_DUE = Long.MAX_VALUE;

    private static final int TRIES = 100;

    final Path folder;
    final Options options;
    final Overlay overlay = new Overlay();
    final Tiers tiers;
    final Recent recent = new Recent();
    Manifest manifest;
    Journal journal;
    long revision;
    long due;
    private long others;
    private volatile Batch batch;
    private final List<Listener> listeners = new ArrayList<>();

    private Store(Path folder, Options options) {
        this.folder = folder;
        this.options = options;
        this.tiers = new Tiers(folder);
    }

    /** Whether the folder holds a state. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(Manifest.NAME));
    }

    /** Opens the state as of the last commit; throws {@link StoreAbsent} when there is none. */
    public static Store open(Path folder, Options options) {
        Store store = new Store(folder, options);
        try {
            store.refresh();
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Makes a new state, or opens the one that is there already.
     *
     * @param genesis what {@link #exportGenesis} wrote, or null to start empty
     */
    public static Store create(Path folder, InputStream genesis, Options options) {
        Creation.create(folder, genesis, options, false);
        return open(folder, options);
    }

    /** Makes a new state in place of the one that is there, in one step. */
    public static Store recreate(Path folder, InputStream genesis, Options options) {
        Creation.create(folder, genesis, options, true);
        return open(folder, options);
    }

    /** Deletes the state; the folder stays, with the lock file. */
    public static void destroy(Path folder, Options options) {
        Creation.destroy(folder, options);
    }

    /** Whether nothing has been committed since the state was made. */
    public synchronized boolean isUntouched() {
        boolean onlyGenesis = manifest.tiers.isEmpty()
                || manifest.tiers.size() == 1
                        && manifest.tiers.get(0).segments().get(0).flat();
        return onlyGenesis && journal.records.isEmpty() && manifest.history.isEmpty() && manifest.compacted == 0;
    }

    /** The revision that this store shows: of the last transaction, 0 at first. */
    public synchronized long revision() {
        return revision;
    }

    /** The earliest due time, in the caller's unit, or {@link #NOTHING_DUE}. */
    public synchronized long due() {
        return due;
    }

    /** The entry of a revisioned key. */
    public synchronized Optional<Entry> get(String key) {
        Slot slot = slot(key);
        return slot == null || slot.kind() != Slot.OBJECT ? Optional.empty() : Optional.of(slot.entry(key));
    }

    /** The value of a memory key. */
    public synchronized Optional<byte[]> memory(String key) {
        Slot slot = slot(key);
        return slot == null || slot.kind() != Slot.MEMORY ? Optional.empty() : Optional.of(slot.memory());
    }

    /**
     * The revisioned keys with a prefix, in order.
     *
     * @param after only keys behind this one, or null
     * @param limit how many at most; 0 for all
     */
    public synchronized List<Entry> range(String prefix, String after, int limit) {
        List<Entry> entries = new ArrayList<>();
        for (Item item : items(prefix, after, limit, Slot.OBJECT)) {
            entries.add(item.slot().entry(item.key()));
        }
        return entries;
    }

    /** The memory keys with a prefix, in order; see {@link #range}. */
    public synchronized List<Cell> memoryRange(String prefix, String after, int limit) {
        List<Cell> cells = new ArrayList<>();
        for (Item item : items(prefix, after, limit, Slot.MEMORY)) {
            cells.add(new Cell(item.key(), item.slot().memory()));
        }
        return cells;
    }

    /** How many revisioned keys have the prefix; costs about as much as reading them. */
    public synchronized int count(String prefix) {
        return count(prefix, null);
    }

    /** How many of them are behind a key. */
    public synchronized int count(String prefix, String after) {
        return items(prefix, after, 0, Slot.OBJECT).size();
    }

    /** The keys that have exactly this index entry, in order. */
    public synchronized List<String> scan(String index) {
        return scan(index, "");
    }

    /** Those of them that have a prefix. */
    public synchronized List<String> scan(String index, String keyPrefix) {
        List<String> keys = new ArrayList<>();
        for (IndexHit hit : hits(Item.indexKey(index, keyPrefix))) {
            keys.add(hit.key());
        }
        return keys;
    }

    /** The index entries with a prefix and their keys, in order. */
    public synchronized List<IndexHit> scanPrefix(String prefix) {
        return hits(Item.INDEX + prefix);
    }

    private List<IndexHit> hits(String prefix) {
        List<IndexHit> hits = new ArrayList<>();
        for (Item item : items(prefix, null, 0, Slot.MARK)) {
            int end = item.key().indexOf('\0');
            hits.add(new IndexHit(item.key().substring(1, end), item.key().substring(end + 1)));
        }
        return hits;
    }

    /**
     * What has changed since a revision, in order of revision; within the running batch too.
     *
     * @param from the first revision of interest
     * @throws Compacted when it is no longer kept
     */
    public synchronized List<Change> changes(long from, String prefix) {
        for (int i = 0; ; i++) {
            try {
                return History.changes(this, from, prefix);
            } catch (Tiers.Moved e) {
                moved(e, i);
            }
        }
    }

    /** The oldest revision from which {@link #changes} can be asked for. */
    public synchronized long oldestChange() {
        return manifest.floor(journal.start) + 1;
    }

    /** Calls the listener for every transaction of this store's batches from now on. */
    public synchronized void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Stops calling it. */
    public synchronized void unlisten(Listener listener) {
        listeners.remove(listener);
    }

    void tell(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (Listener listener : List.copyOf(listeners)) {
            listener.changed(changes.get(0).revision(), changes);
        }
    }

    /**
     * Shows what other processes have committed since.
     *
     * @return whether anything was
     */
    public synchronized boolean refresh() {
        if (batch != null) {
            return false;
        }
        boolean more = View.refresh(this);
        others += more ? 1 : 0;
        return more;
    }

    /** How often commits of others have come into view: what was derived from the state earlier may not hold then. */
    public synchronized long others() {
        return others;
    }

    /**
     * Waits for the right to write and begins a batch on the newest state.
     *
     * @param timeout how long to wait at most
     * @param waiting told after 400 ms whom we wait for; may be null
     * @throws StoreLocked when the time is over
     */
    public Batch begin(Duration timeout, Consumer<String> waiting) {
        return begin(Math.max(1, timeout.toNanos()), waiting);
    }

    /** Begins a batch if nobody else is writing. */
    public Optional<Batch> tryBegin() {
        return Optional.ofNullable(begin(0, null));
    }

    private Batch begin(long nanos, Consumer<String> waiting) {
        Batch running = batch;
        if (running != null && running.owner == Thread.currentThread()) {
            throw new IllegalStateException("this store's batch has not ended");
        }
        WriterLock lock;
        try {
            lock = WriterLock.acquire(folder, nanos, waiting, options.disk());
        } catch (IOException e) {
            if (!exists(folder)) {
                throw new StoreAbsent(folder);
            }
            throw new StoreException("cannot lock " + folder + ": " + e.getMessage(), e);
        }
        return lock == null ? null : begin(lock);
    }

    private synchronized Batch begin(WriterLock lock) {
        try {
            refresh();
            overlay.record();
            recent.trim(revision);
            batch = new Batch(this, lock);
            return batch;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    void ended() {
        batch = null;
    }

    /** Forgets the history up to a revision, as etcd's compaction does. */
    @SuppressWarnings("try")
    public void compact(long upTo) {
        try (Batch b = begin(Duration.ofMinutes(1), null)) {
            new Upkeep(this).compact(upTo);
        } catch (IOException e) {
            throw new StoreFull("cannot compact " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Merges everything into one tier and forgets the history. */
    @SuppressWarnings("try")
    public void compactAll() {
        try (Batch b = begin(Duration.ofMinutes(1), null)) {
            new Upkeep(this).compactAll();
        } catch (IOException e) {
            throw new StoreFull("cannot compact " + folder + ": " + e.getMessage(), e);
        }
    }

    /** A hash of all live keys and values in order. */
    public synchronized String stateHash() {
        return View.hash(items("/", null, 0, -1));
    }

    /** Writes all live keys as a genesis, from which {@link #create} makes new states. */
    public synchronized void exportGenesis(OutputStream out) throws IOException {
        ByteSink sink = FlatSegment.write(items("", null, 0, -1), revision, due);
        out.write(sink.bytes, 0, sink.size);
    }

    /**
     * Makes a genesis valid again whose bytes were changed in place, such as the identities in its values and
     * index entries; no length may change.
     */
    public static void sealGenesis(byte[] genesis) {
        FlatSegment.seal(genesis);
    }

    /** How the state lies on disk. */
    public synchronized Status status() {
        return View.status(this);
    }

    /** What stands under a key, or null when nothing does. */
    Slot slot(String key) {
        Slot slot = overlay.get(key);
        for (int i = 0; slot == null; i++) {
            try {
                slot = tiers.get(key);
                break;
            } catch (Tiers.Moved e) {
                moved(e, i);
                slot = overlay.get(key);
            }
        }
        return slot != null && slot.isLive() ? slot : null;
    }

    /** The live items of a kind (or of any, for -1) with a prefix. */
    private List<Item> items(String prefix, String after, int limit, int kind) {
        for (int i = 0; ; i++) {
            try {
                return tryItems(prefix, after, limit, kind);
            } catch (Tiers.Moved e) {
                moved(e, i);
            }
        }
    }

    private List<Item> tryItems(String prefix, String after, int limit, int kind) {
        boolean inclusive = after == null || after.compareTo(prefix) < 0;
        String start = inclusive ? prefix : after;
        List<Iterator<Item>> sources = tiers.from(prefix, start, inclusive);
        sources.add(0, overlay.from(start, inclusive));
        Merged merged = new Merged(sources);
        List<Item> found = new ArrayList<>();
        while (merged.hasNext()) {
            Item item = merged.next();
            if (!item.key().startsWith(prefix)) {
                break;
            }
            if (item.slot().isLive() && (kind < 0 || item.slot().kind() == kind)) {
                found.add(item);
                if (found.size() == limit) {
                    break;
                }
            }
        }
        return found;
    }

    private void moved(Tiers.Moved moved, int tries) {
        Manifest before = manifest;
        if (batch == null) {
            View.refresh(this);
        }
        if (manifest == before || tries > TRIES) {
            throw new StoreCorrupt(Path.of(moved.getMessage()), "it is missing");
        }
    }

    /** Closes the files; a running batch is abandoned. */
    @Override
    public synchronized void close() {
        if (batch != null) {
            batch.abandon();
        }
        tiers.close();
    }
}
