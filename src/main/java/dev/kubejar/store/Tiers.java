package dev.kubejar.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** Looks keys up in the tiers, newest first. A file is opened when a key in its range is asked for, and stays open while it belongs to the state. */
final class Tiers {

    /** A file was replaced by another process's merge before it was opened: the manifest must be read again. */
    static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1;

        Moved(String file) {
            super(file, null, false, false);
        }
    }

    private final Path folder;
    private final Map<Long, Segment> open = new HashMap<>();
    private List<TierRef> tiers = List.of();

    Tiers(Path folder) {
        this.folder = folder;
    }

    /** From now on these tiers, newest first; files of others are closed. */
    void use(Manifest manifest) {
        tiers = manifest.tiers;
        if (open.isEmpty()) {
            return;
        }
        Set<String> names = manifest.files();
        Iterator<Map.Entry<Long, Segment>> entries = open.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Long, Segment> entry = entries.next();
            if (!names.contains(Manifest.tierName(entry.getKey()))) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    Slot get(String key) {
        for (int i = 0; i < tiers.size(); i++) {
            List<SegmentRef> segments = tiers.get(i).segments();
            int place = lastStartingAtOrBefore(segments, key);
            if (place < 0 || segments.get(place).last().compareTo(key) < 0) {
                continue;
            }
            Slot slot = segment(segments.get(place)).get(key);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /** One iterator a tier that has something there, newest first, to be merged. */
    List<Iterator<Item>> from(String prefix, String key, boolean inclusive) {
        return from(tiers, prefix, key, inclusive);
    }

    List<Iterator<Item>> from(List<TierRef> some, String prefix, String key, boolean inclusive) {
        List<Iterator<Item>> iterators = new ArrayList<>(some.size() + 1);
        for (int i = 0; i < some.size(); i++) {
            iterators.add(new TierIterator(some.get(i).segments(), prefix, key, inclusive));
        }
        return iterators;
    }

    private static int lastStartingAtOrBefore(List<SegmentRef> segments, String key) {
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (segments.get(middle).first().compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private Segment segment(SegmentRef ref) {
        Segment segment = open.get(ref.id());
        if (segment == null) {
            Path file = folder.resolve(Manifest.tierName(ref.id()));
            try {
                segment = ref.flat() ? FlatSegment.open(file, ref.bytes()) : MapSegment.open(file, ref.bytes());
            } catch (IOException e) {
                if (Disk.isMissing(e)) {
                    throw new Moved(file.toString());
                }
                throw new StoreException("cannot read " + file + ": " + e.getMessage(), e);
            }
            open.put(ref.id(), segment);
        }
        return segment;
    }

    void close() {
        for (Segment segment : open.values()) {
            segment.close();
        }
        open.clear();
        tiers = List.of();
    }

    /** Walks the files of a tier that may have keys with a prefix, opening each when its turn comes. */
    private final class TierIterator implements Iterator<Item> {
        private final List<SegmentRef> segments;
        private final String prefix;
        private int next;
        private Iterator<Item> items;

        TierIterator(List<SegmentRef> segments, String prefix, String key, boolean inclusive) {
            this.segments = segments;
            this.prefix = prefix;
            next = Math.max(0, lastStartingAtOrBefore(segments, key));
            if (next < segments.size() && segments.get(next).last().compareTo(key) < 0) {
                next++;
            }
            items = open(key, inclusive);
        }

        private Iterator<Item> open(String key, boolean inclusive) {
            if (next >= segments.size()) {
                return null;
            }
            SegmentRef ref = segments.get(next++);
            if (ref.first().compareTo(prefix) > 0 && !ref.first().startsWith(prefix)) {
                return null;
            }
            return segment(ref).from(key, inclusive);
        }

        @Override
        public boolean hasNext() {
            while (items != null && !items.hasNext()) {
                items = open("", true);
            }
            return items != null;
        }

        @Override
        public Item next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }
}
