package dev.kubejar.api;

import dev.kubejar.store.Change;
import dev.kubejar.store.Compacted;
import dev.kubejar.store.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The keys with a prefix as they were at a revision: those of now, with what has changed since taken back.
 *
 * <pre>
 * now a@7 b@3 d@6, asked for 4     the changes 5 to 7: a@2 -> a@7, c@4 -> gone, d created
 *                                  ->  a@2 b@3 c@4
 * </pre>
 */
final class Snapshot {
    private final Space space;
    private final String prefix;
    /** What stood under each key that has changed since; of a key that did not exist no entry. */
    private final NavigableMap<String, List<Entry>> before = new TreeMap<>();

    private final boolean past;

    private Snapshot(Space space, String prefix, boolean past) {
        this.space = space;
        this.prefix = prefix;
        this.past = past;
    }

    /** As it is now. */
    static Snapshot now(Space space, String prefix) {
        return new Snapshot(space, prefix, false);
    }

    /** As it was; throws {@link Compacted} where that is no longer kept. */
    static Snapshot at(Space space, String prefix, long revision) {
        if (revision >= space.revision()) {
            return now(space, prefix);
        }
        Snapshot snapshot = new Snapshot(space, prefix, true);
        for (Change change : space.changes(revision + 1, prefix)) {
            snapshot.takeBack(change, revision);
        }
        return snapshot;
    }

    private void takeBack(Change change, long revision) {
        if (before.containsKey(change.key())) {
            return;
        }
        if (change.isCreate()) {
            before.put(change.key(), List.of());
            return;
        }
        if (change.previous() == null || change.previousRevision() == 0) {
            throw new Compacted(revision, change.revision());
        }
        before.put(
                change.key(),
                List.of(new Entry(
                        change.key(),
                        change.previous(),
                        change.createRevision(),
                        change.previousRevision(),
                        change.version())));
    }

    /** Whether it differs from what the indexes know. */
    boolean past() {
        return past;
    }

    Entry get(String key) {
        List<Entry> known = before.get(key);
        if (known != null) {
            return known.isEmpty() ? null : known.get(0);
        }
        return space.get(key);
    }

    /** Some of the entries, in order. {@code next}: where to go on; null: there are no more. */
    record Rows(List<Entry> entries, String next) {}

    /** The entries behind a key (empty: all), looking at so many of those of now. */
    Rows after(String key, int page) {
        List<Entry> live = space.range(prefix, key, page);
        String end = live.size() < page ? null : live.get(page - 1).key();
        if (before.isEmpty()) {
            return new Rows(live, end);
        }
        TreeMap<String, Entry> rows = new TreeMap<>();
        live.forEach(entry -> rows.put(entry.key(), entry));
        NavigableMap<String, List<Entry>> changed = before.tailMap(key, false);
        changed = end == null ? changed : changed.headMap(end, true);
        for (Map.Entry<String, List<Entry>> each : changed.entrySet()) {
            rows.remove(each.getKey());
            each.getValue().forEach(entry -> rows.put(entry.key(), entry));
        }
        return new Rows(new ArrayList<>(rows.values()), end);
    }

    /** How many entries are behind a key. */
    int countAfter(String key) {
        int count = space.countAfter(prefix, key);
        for (Map.Entry<String, List<Entry>> each : before.tailMap(key, false).entrySet()) {
            count += each.getValue().size() - (space.get(each.getKey()) == null ? 0 : 1);
        }
        return count;
    }
}
