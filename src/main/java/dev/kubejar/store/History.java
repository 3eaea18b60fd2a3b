package dev.kubejar.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells changes from the journals: the present one, and earlier ones as far as they are kept. */
final class History {
    private final Store store;
    private final long from;
    private final String prefix;
    private final List<Change> found = new ArrayList<>();
    private final Map<String, Slot> last = new HashMap<>();
    private boolean onTiers;

    private History(Store store, long from, String prefix) {
        this.store = store;
        this.from = from;
        this.prefix = prefix;
    }

    static List<Change> changes(Store store, long from, String prefix) {
        long floor = store.manifest.floor(store.journal.start);
        if (from <= floor) {
            throw new Compacted(from, floor + 1);
        }
        if (from > store.revision) {
            return List.of();
        }
        History history = new History(store, from, prefix);
        if (from <= store.recent.floor) {
            history.readJournals();
        }
        history.addRecent();
        return history.found;
    }

    private void addRecent() {
        for (Change change : store.recent.changes) {
            if (change.revision() >= from && change.key().startsWith(prefix)) {
                found.add(change);
            }
        }
    }

    private void readJournals() {
        if (from <= store.journal.start) {
            for (ClosedJournal closed : store.manifest.history) {
                readClosed(closed);
            }
        }
        // Below the present journal lie the tiers, so the value before its first change of a key is known.
        onTiers = true;
        last.clear();
        read(store.journal);
    }

    private void readClosed(ClosedJournal closed) {
        try {
            read(Journal.readClosed(store.folder, closed));
        } catch (NoSuchFileException e) {
            throw new Tiers.Moved(e.getFile());
        } catch (IOException e) {
            throw new StoreException("cannot read the history in " + store.folder + ": " + e.getMessage(), e);
        }
    }

    private void read(Journal journal) {
        for (JournalRecord record : journal.records) {
            record.visit(this::write);
        }
    }

    private void write(String key, Slot slot) {
        if (!key.startsWith(prefix)) {
            return;
        }
        long revision = slot.modRevision();
        if (revision >= from && revision <= store.recent.floor) {
            found.add(slot.change(key, before(key)));
        }
        last.put(key, slot);
    }

    private Slot before(String key) {
        Slot slot = last.get(key);
        if (slot == null && onTiers) {
            slot = store.tiers.get(key);
        }
        return slot == null || slot.kind() != Slot.OBJECT ? null : slot;
    }
}
