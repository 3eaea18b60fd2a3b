package dev.kubejar.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.mapdb.BTreeKeySerializer;
import org.mapdb.BTreeMap;
import org.mapdb.Serializer;

/**
 * A MapDB B-tree in a file: its index volume, its record volume and a Bloom filter. MapDB's classes are loaded when a key is looked up
 * that the filter lets pass.
 */
final class MapSegment implements Segment {
    static final int NODE_SIZE = 32;

    private final PagedFile file;
    private BTreeMap<String, byte[]> map;

    private MapSegment(PagedFile file) {
        this.file = file;
    }

    static MapSegment open(Path path, long length) throws IOException {
        return new MapSegment(new PagedFile(path, length));
    }

    @Override
    public Slot get(String key) {
        if (!mayContain(key)) {
            return null;
        }
        byte[] value = map().get(key);
        return value == null ? null : new Slot(value, 0, value.length);
    }

    private boolean mayContain(String key) {
        long hash = Bloom.mix(key);
        long blocks = file.area(2) / Bloom.BLOCK;
        long position = file.area(0) + file.area(1) + (long) Bloom.block(hash, (int) blocks) * Bloom.BLOCK;
        byte[] block = new byte[Bloom.BLOCK];
        file.read(position, block, 0, Bloom.BLOCK);
        return Bloom.mayContain(block, 0, hash);
    }

    @Override
    public Iterator<Item> from(String key, boolean inclusive) {
        Iterator<Map.Entry<String, byte[]>> entries = (key.isEmpty() ? map() : map().tailMap(key, inclusive))
                .entrySet()
                .iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Item next() {
                Map.Entry<String, byte[]> entry = entries.next();
                return new Item(entry.getKey(), new Slot(entry.getValue(), 0, entry.getValue().length));
            }
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private BTreeMap<String, byte[]> map() {
        if (map == null) {
            map = new BTreeMap<>(
                    new MapReader(file),
                    file.number(0),
                    NODE_SIZE,
                    true,
                    0,
                    BTreeKeySerializer.STRING,
                    Serializer.BYTE_ARRAY_NOSIZE,
                    BTreeMap.COMPARABLE_COMPARATOR,
                    0,
                    true);
        }
        return map;
    }

    @Override
    public void close() {
        file.close();
    }
}
