package dev.kubejar.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A small sorted file that is read whole and searched in place: the genesis that every new cluster starts from.
 *
 * <pre>
 * "KUBEFLAT" format count revision due | where each item starts, and the end | items: key, slot | crc
 * </pre>
 */
final class FlatSegment implements Segment {
    private static final long MAGIC = 0x4B554245464C4154L;
    private static final int FORMAT = 1;
    private static final int HEADER = 32;

    private final byte[] bytes;
    private final int count;

    /**
     * Takes the bytes of a file after verifying them.
     *
     * @param file named in the error
     */
    FlatSegment(byte[] bytes, Path file) {
        if (bytes.length < HEADER + 8
                || ByteSource.getLong(bytes, 0) != MAGIC
                || ByteSource.getInt(bytes, bytes.length - 4) != ByteSource.crc(bytes, 0, bytes.length - 4)) {
            throw new StoreCorrupt(file, "its checksum is wrong");
        }
        if (ByteSource.getInt(bytes, 8) > FORMAT) {
            throw new StoreException(file + " was written by a newer version of Kubejar; use that one");
        }
        this.bytes = bytes;
        this.count = ByteSource.getInt(bytes, 12);
    }

    static FlatSegment open(Path file, long length) throws IOException {
        byte[] bytes = Disk.read(file, 0);
        if (bytes.length != length) {
            throw new StoreCorrupt(file, "it has " + bytes.length + " bytes instead of " + length);
        }
        return new FlatSegment(bytes, file);
    }

    static ByteSink write(List<Item> items, long revision, long due) {
        ByteSink body = new ByteSink(1 << 16);
        ByteSink sink = new ByteSink(1 << 16);
        sink.i64(MAGIC);
        sink.i32(FORMAT);
        sink.i32(items.size());
        sink.i64(revision);
        sink.i64(due);
        int start = HEADER + 4 * (items.size() + 1);
        for (Item item : items) {
            sink.i32(start + body.size);
            body.text(item.key());
            body.raw(item.slot().bytes, item.slot().from, item.slot().length);
        }
        sink.i32(start + body.size);
        sink.raw(body.bytes, 0, body.size);
        sink.i32(ByteSource.crc(sink.bytes, 0, sink.size));
        return sink;
    }

    /** Writes the checksum of bytes that were changed in place. */
    static void seal(byte[] bytes) {
        sort(bytes);
        ByteSink.putInt(bytes, bytes.length - 4, ByteSource.crc(bytes, 0, bytes.length - 4));
    }

    /** Puts the items in the order of their keys, which a change of identities in index entries disturbs. */
    private static void sort(byte[] bytes) {
        int count = ByteSource.getInt(bytes, 12);
        String[] keys = new String[count];
        Integer[] order = new Integer[count];
        boolean sorted = true;
        for (int i = 0; i < count; i++) {
            int start = ByteSource.getInt(bytes, HEADER + 4 * i);
            keys[i] = new ByteSource(bytes, start, bytes.length).text();
            order[i] = i;
            sorted &= i == 0 || keys[i - 1].compareTo(keys[i]) < 0;
        }
        if (sorted) {
            return;
        }
        Arrays.sort(order, Comparator.comparing(i -> keys[i]));
        byte[] before = bytes.clone();
        int at = HEADER + 4 * (count + 1);
        for (int i = 0; i < count; i++) {
            int start = ByteSource.getInt(before, HEADER + 4 * order[i]);
            int length = ByteSource.getInt(before, HEADER + 4 * order[i] + 4) - start;
            System.arraycopy(before, start, bytes, at, length);
            ByteSink.putInt(bytes, HEADER + 4 * i, at);
            at += length;
        }
    }

    int count() {
        return count;
    }

    long revision() {
        return ByteSource.getLong(bytes, 16);
    }

    long due() {
        return ByteSource.getLong(bytes, 24);
    }

    String key(int i) {
        return source(i).text();
    }

    private ByteSource source(int i) {
        return new ByteSource(bytes, start(i), start(i + 1));
    }

    private int start(int i) {
        return ByteSource.getInt(bytes, HEADER + 4 * i);
    }

    private Item item(int i) {
        ByteSource source = source(i);
        String key = source.text();
        return new Item(key, new Slot(bytes, source.at, source.end - source.at));
    }

    /** The place of the key, or {@code -1 - place} of the first greater one. */
    private int search(String key) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = key(middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    @Override
    public Slot get(String key) {
        int place = search(key);
        return place < 0 ? null : item(place).slot();
    }

    @Override
    public Iterator<Item> from(String key, boolean inclusive) {
        int place = search(key);
        int first = place < 0 ? -1 - place : inclusive ? place : place + 1;
        return new Iterator<>() {
            private int i = first;

            @Override
            public boolean hasNext() {
                return i < count;
            }

            @Override
            public Item next() {
                if (i >= count) {
                    throw new NoSuchElementException();
                }
                return item(i++);
            }
        };
    }

    @Override
    public void close() {}
}
