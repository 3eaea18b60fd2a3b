package dev.kubejar.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Keeps opening cheap: a long journal becomes a tier, and tiers of similar size are merged.
 *
 * <p>Merging is paid for by what is appended: every byte that a command appends allows four bytes of merging. A step merges one file's
 * worth, so small commands save up until a step is paid for, and a later command continues. Nothing here depends on the clock.
 *
 * <pre>
 * journal full            [j] 5 5 5 60      ->   [ ] 5 5 5 5 60
 * three of a size become one                     [ ] 5 15 60
 * </pre>
 *
 * Every change of shape writes its files first and then the manifest, so a kill at any point leaves the old shape or the new one, and
 * perhaps files that nobody refers to, which the next change removes.
 */
final class Upkeep {
    private static final int MERGE_PER_BYTE = 4;

    private final Store store;
    private final Disk disk;
    private final int step;

    Upkeep(Store store) {
        this.store = store;
        this.disk = store.options.disk();
        this.step = store.options.segmentBytes();
    }

    /** What a commit does when it is durable; its failure is not the commit's. */
    void afterCommit() {
        try {
            if (isJournalLong() && store.manifest.tiers.size() < MergePlan.MOST_TIERS) {
                roll();
            }
            while (isStepPaid()) {
                mergeStep();
            }
        } catch (IOException | RuntimeException e) {
            // What was written may be in use, if only the last sync failed; the next change of shape removes what is
            // not.
            if (store.options.warning() != null) {
                store.options
                        .warning()
                        .accept("the change is saved, but the state could not be tidied: " + e.getMessage());
            }
        }
    }

    private boolean isJournalLong() {
        return store.journal.length >= store.options.journalBytes()
                || store.journal.writes >= store.options.journalWrites();
    }

    private long credit() {
        Manifest manifest = store.manifest;
        return manifest.credit + MERGE_PER_BYTE * Math.max(0, store.journal.length - manifest.creditAt);
    }

    /** Whether there is something to merge and a step of it is paid for. */
    private boolean isStepPaid() {
        Manifest manifest = store.manifest;
        return !manifest.merges.isEmpty()
                && credit() >= Math.min(step, MergePlan.left(manifest, MergePlan.smallest(manifest)));
    }

    /** The journal's contents become the newest tier, and a new journal begins. */
    private void roll() throws IOException {
        Manifest next = next();
        next.revision = store.revision;
        next.due = store.due;
        List<SegmentRef> segments = new ArrayList<>();
        Iterator<Item> items = store.overlay.from("", true);
        while (items.hasNext()) {
            add(segments, nextFile(items, next.tiers.isEmpty(), step), next);
        }
        if (!segments.isEmpty()) {
            next.tiers.add(0, new TierRef(next.takeId(), segments));
            MergePlan.extend(next);
        }
        next.history.add(new ClosedJournal(store.journal.id, store.journal.length, store.journal.start));
        trimHistory(next);
        Journal fresh = Journal.create(store.folder, next.takeId(), store.revision, disk);
        next.journal = fresh.id;
        next.creditAt = fresh.length;
        publish(next);
        View.install(store, next, fresh);
        removeStrays();
    }

    /** The manifest to come, with the state of the journal so far. */
    private Manifest next() {
        Manifest next = store.manifest.next();
        next.credit = Math.min(credit(), Math.max(store.journal.length, step) * (long) MERGE_PER_BYTE);
        next.creditAt = store.journal.length;
        return next;
    }

    private void trimHistory(Manifest next) {
        long bytes = 0;
        for (int i = next.history.size() - 1; i >= 0; i--) {
            bytes += next.history.get(i).length();
            if (bytes > store.options.historyBytes()) {
                next.history.subList(0, i + 1).clear();
                break;
            }
        }
    }

    private void publish(Manifest next) throws IOException {
        disk.syncFolder(store.folder);
        next.publish(store.folder, disk);
    }

    /** Items for one file: about so many bytes of them, without tombstones when nothing older is below. */
    private static Chunk nextFile(Iterator<Item> items, boolean bottom, long most) {
        Chunk chunk = new Chunk();
        while (items.hasNext() && chunk.bytes < most) {
            Item item = items.next();
            chunk.bytes += item.bytes();
            chunk.last = item.key();
            if (!bottom || item.slot().isLive()) {
                chunk.items.add(item);
            }
        }
        return chunk;
    }

    private static final class Chunk {
        final List<Item> items = new ArrayList<>();
        long bytes;
        String last;
    }

    private void add(List<SegmentRef> segments, Chunk chunk, Manifest next) throws IOException {
        if (chunk.items.isEmpty()) {
            return;
        }
        long id = next.takeId();
        ByteSink sink = MapWriter.write(chunk.items);
        disk.publish(store.folder.resolve(Manifest.tierName(id)), sink.bytes, sink.size);
        String first = chunk.items.get(0).key();
        String last = chunk.items.get(chunk.items.size() - 1).key();
        segments.add(new SegmentRef(id, false, sink.size, first, last));
    }

    /** Merges one file's worth of the smallest merge; its last step puts the result in its inputs' place. */
    private void mergeStep() throws IOException {
        Manifest next = next();
        int place = MergePlan.smallest(next);
        MergeRef merge = next.merges.get(place);
        List<TierRef> inputs = MergePlan.inputs(next.tiers, merge);
        boolean bottom = merge.oldest() == next.tiers.get(next.tiers.size() - 1).id();
        List<SegmentRef> done = new ArrayList<>(merge.done());
        Merged merged = new Merged(store.tiers.from(List.copyOf(inputs), "", merge.after(), false));
        Chunk chunk = nextFile(merged, bottom, step);
        add(done, chunk, next);
        next.credit = Math.max(0, next.credit - chunk.bytes);
        if (merged.hasNext()) {
            next.merges.set(place, new MergeRef(merge.newest(), merge.oldest(), chunk.last, done));
        } else {
            next.merges.remove(place);
            int newest = next.tiers.indexOf(inputs.get(0));
            inputs.clear();
            if (!done.isEmpty()) {
                next.tiers.add(newest, new TierRef(next.takeId(), done));
            }
            MergePlan.extend(next);
        }
        publish(next);
        store.manifest = next;
        store.tiers.use(next);
        removeStrays();
    }

    void compactAll() throws IOException {
        if (store.journal.writes > 0) {
            roll();
        }
        Manifest next = next();
        MergePlan.everything(next);
        publish(next);
        store.manifest = next;
        while (!store.manifest.merges.isEmpty()) {
            mergeStep();
        }
        compact(store.revision);
    }

    void compact(long upTo) throws IOException {
        Manifest next = next();
        next.compacted = Math.max(next.compacted, Math.min(upTo, store.revision));
        while (!next.history.isEmpty() && endOfOldest(next) <= next.compacted) {
            next.history.remove(0);
        }
        publish(next);
        store.manifest = next;
        store.recent.reset(store.revision);
        removeStrays();
    }

    private long endOfOldest(Manifest next) {
        return next.history.size() > 1 ? next.history.get(1).start() : store.journal.start;
    }

    /** Deletes files that the manifest does not mention: those it has replaced, and what killed writers left. */
    private void removeStrays() {
        removeStrays(store.folder, store.manifest.files(), disk);
    }

    static void removeStrays(Path folder, Set<String> files, Disk disk) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                boolean ours = name.startsWith("tier-") || name.startsWith("journal-") || name.endsWith(".new");
                if (ours && !files.contains(name)) {
                    disk.deleteQuietly(file);
                }
            }
        } catch (IOException e) {
            // The next change of shape tries again.
        }
    }
}
