package dev.kubejar.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import org.mapdb.BTreeKeySerializer;
import org.mapdb.BTreeMap;
import org.mapdb.Fun;
import org.mapdb.Pump;
import org.mapdb.Serializer;
import org.mapdb.StoreDirect;
import org.mapdb.Volume;

/** Makes the bytes of a {@link MapSegment}: MapDB builds its tree bottom-up in memory, from the greatest key to the least. */
final class MapWriter {
    private static final int INDEX_SIZE_AT = 8;
    private static final int RECORDS_SIZE_AT = 16;
    private static final int CHUNK = 20;
    private static final int NO_SPACE_RECLAIM = 0;

    private MapWriter() {}

    /** The file's bytes for items in order, at least one. */
    static ByteSink write(List<Item> items) {
        Kept volumes = new Kept();
        StoreDirect store =
                new StoreDirect(volumes, false, false, NO_SPACE_RECLAIM, true, 0, false, false, null, true, 0);
        long root = Pump.buildTreeMap(
                descending(items),
                store,
                KEY,
                VALUE,
                false,
                nodeSize(items.size()),
                true,
                0,
                BTreeKeySerializer.STRING,
                Serializer.BYTE_ARRAY_NOSIZE,
                BTreeMap.COMPARABLE_COMPARATOR);
        store.commit();
        byte[] bloom = Bloom.empty(items.size());
        for (int i = 0; i < items.size(); i++) {
            Bloom.add(bloom, items.get(i).key());
        }
        int index = Math.toIntExact(volumes.index.getLong(INDEX_SIZE_AT));
        int records = Math.toIntExact(volumes.index.getLong(RECORDS_SIZE_AT));
        ByteSink sink = new ByteSink(index + records + bloom.length + (index + records) / 1024 + 128);
        copy(volumes.index, index, sink);
        copy(volumes.records, records, sink);
        sink.raw(bloom, 0, bloom.length);
        PagedFile.finish(sink, index, records, bloom.length, root, items.size());
        store.close();
        return sink;
    }

    /**
     * Pump writes a root that it cannot serialize when a directory node becomes full with the very last leaf. It fills leaves with three
     * quarters of the node size, and directories with one child less; a size is taken with which that does not happen.
     */
    private static int nodeSize(int items) {
        for (int size = MapSegment.NODE_SIZE; ; size += 2) {
            int load = (int) (size * 0.75);
            int leaves = (items + load - 1) / load;
            if (leaves % (load - 1) != 0) {
                return size;
            }
        }
    }

    private static void copy(Volume volume, int length, ByteSink sink) {
        byte[] chunk = new byte[Math.min(length, 1 << CHUNK)];
        for (int at = 0; at < length; at += chunk.length) {
            int n = Math.min(chunk.length, length - at);
            try {
                volume.getDataInput(at, n).readFully(chunk, 0, n);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sink.raw(chunk, 0, n);
        }
    }

    private static Iterator<Item> descending(List<Item> items) {
        ListIterator<Item> backwards = items.listIterator(items.size());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return backwards.hasPrevious();
            }

            @Override
            public Item next() {
                return backwards.previous();
            }
        };
    }

    private static final Fun.Function1<String, Item> KEY = new Fun.Function1<>() {
        @Override
        public String run(Item item) {
            return item.key();
        }
    };

    private static final Fun.Function1<byte[], Item> VALUE = new Fun.Function1<>() {
        @Override
        public byte[] run(Item item) {
            Slot slot = item.slot().isLive() ? item.slot() : Slot.TOMBSTONE;
            byte[] bytes = slot.bytes;
            return slot.length == bytes.length
                    ? bytes
                    : java.util.Arrays.copyOfRange(bytes, slot.from, slot.from + slot.length);
        }
    };

    /** MapDB's memory volumes, kept at hand. */
    private static final class Kept implements Volume.Factory {
        private final Volume.Factory memory = Volume.memoryFactory(false, 0, CHUNK);
        Volume index;
        Volume records;

        @Override
        public Volume createIndexVolume() {
            index = memory.createIndexVolume();
            return index;
        }

        @Override
        public Volume createPhysVolume() {
            records = memory.createPhysVolume();
            return records;
        }

        @Override
        public Volume createTransLogVolume() {
            throw new UnsupportedOperationException("a tier has no log");
        }
    }
}
