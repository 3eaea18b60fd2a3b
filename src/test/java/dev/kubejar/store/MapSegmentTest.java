package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapdb.BTreeKeySerializer;
import org.mapdb.BTreeMap;
import org.mapdb.Serializer;
import org.mapdb.StoreDirect;
import org.mapdb.Volume;

/** A tier's file holds what was put into it, for every shape of the tree, and is what MapDB itself would read. */
class MapSegmentTest {
    @TempDir
    Path temp;

    @Test
    void findsEveryKeyInTreesOfAllShapes() throws Exception {
        // 24 keys a leaf, 23 leaves a directory: the shapes change around multiples of 552.
        for (int n = 1; n <= 4000; n += n < 30 ? 1 : n % 552 > 20 && n % 552 < 545 ? 131 : 5) {
            check(n);
        }
        for (int directories = 1; directories <= 25; directories += directories < 22 ? 3 : 1) {
            check(552 * directories);
            check(552 * directories - 7);
        }
    }

    private void check(int n) throws Exception {
        Path file = temp.resolve("tier");
        ByteSink sink = MapWriter.write(items(n, 3));
        Files.write(file, sink.copy());
        try (Segment segment = MapSegment.open(file, sink.size)) {
            Iterator<Item> all = segment.from("", true);
            int stride = Math.max(1, n / 50);
            for (int i = 0; i < n; i++) {
                assertEquals(key(i), all.next().key(), "of " + n);
                if (i % stride == 0 || i == n - 1) {
                    assertArrayEquals(value(i, 3), segment.get(key(i)).memory());
                    assertEquals(key(i), segment.from(key(i), true).next().key());
                    assertNull(segment.get(key(i) + "x"));
                    Iterator<Item> behind = segment.from(key(i), false);
                    assertEquals(i < n - 1, behind.hasNext(), i + " of " + n);
                    assertTrue(i == n - 1 || behind.next().key().equals(key(i + 1)));
                }
            }
            assertFalse(all.hasNext());
        }
    }

    @Test
    void keepsLargeValues() throws Exception {
        for (int length : new int[] {65_000, 65_534, 65_535, 65_536, 131_072, 1_048_570, 10_000_000}) {
            Path file = temp.resolve("large");
            ByteSink sink = MapWriter.write(items(3, length));
            Files.write(file, sink.copy());
            try (Segment segment = MapSegment.open(file, sink.size)) {
                for (int i = 0; i < 3; i++) {
                    assertTrue(
                            Arrays.equals(value(i, length), segment.get(key(i)).memory()));
                }
            }
        }
    }

    @Test
    void isAMapDbStore() throws Exception {
        Path file = temp.resolve("tier");
        ByteSink sink = MapWriter.write(items(5000, 100));
        Files.write(file, sink.copy());
        try (PagedFile paged = new PagedFile(file, sink.size)) {
            Volume.Factory areas = new Volume.Factory() {
                @Override
                public Volume createIndexVolume() {
                    return memory(sink.bytes, 0, (int) paged.area(0));
                }

                @Override
                public Volume createPhysVolume() {
                    return memory(sink.bytes, (int) paged.area(0), (int) paged.area(1));
                }

                @Override
                public Volume createTransLogVolume() {
                    throw new UnsupportedOperationException();
                }
            };
            StoreDirect store = new StoreDirect(areas, true, false, 0, true, 0, false, false, null, false, 0);
            BTreeMap<String, byte[]> map = new BTreeMap<>(
                    store,
                    paged.number(0),
                    32,
                    true,
                    0,
                    BTreeKeySerializer.STRING,
                    Serializer.BYTE_ARRAY_NOSIZE,
                    comparator(),
                    0,
                    true);
            assertEquals(5000, map.size());
            assertEquals(key(0), map.firstKey());
        }
    }

    @SuppressWarnings("unchecked")
    private static java.util.Comparator<String> comparator() {
        return BTreeMap.COMPARABLE_COMPARATOR;
    }

    private static Volume memory(byte[] bytes, int from, int length) {
        Volume volume = Volume.memoryFactory(false, 0, 20).createIndexVolume();
        volume.ensureAvailable(length);
        for (int at = 0; at < length; at += 1 << 20) {
            volume.putData(at, ByteBuffer.wrap(bytes, from + at, Math.min(1 << 20, length - at)));
        }
        return volume;
    }

    private static List<Item> items(int n, int length) {
        List<Item> items = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            items.add(new Item(key(i), Slot.memory(value(i, length))));
        }
        return items;
    }

    private static String key(int i) {
        return "/k" + (100_000 + i);
    }

    private static byte[] value(int i, int length) {
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) i);
        value[length - 1] = 77;
        return value;
    }
}
