package dev.kubejar.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that is written whole and read in pages, each of which is verified when it is read.
 *
 * <pre>
 * area area area | crc of each page | areas' lengths and two numbers of the writer | crc of the last two
 * </pre>
 */
final class PagedFile implements AutoCloseable {
    private static final int PAGE = 8192;
    private static final int KEPT = 64;
    private static final int FOOTER = 52;
    private static final long MAGIC = 0x4B55424554494552L;

    final Path file;
    private final RandomAccessFile disk;
    private final byte[] tail;
    private final int footer;
    private final long data;
    private final byte[][] pages = new byte[KEPT][];
    private final int[] kept = new int[KEPT];

    PagedFile(Path file, long length) throws IOException {
        this.file = file;
        this.disk = Disk.open(file);
        try {
            if (disk.length() != length) {
                throw new StoreCorrupt(file, "it has " + disk.length() + " bytes instead of " + length);
            }
            data = dataLength(length);
            tail = Disk.read(disk, data, length - data);
            footer = tail.length - FOOTER;
            if (footer < 0
                    || ByteSource.getLong(tail, footer) != MAGIC
                    || ByteSource.getInt(tail, tail.length - 4) != ByteSource.crc(tail, 0, tail.length - 4)
                    || area(0) + area(1) + area(2) != data) {
                throw new StoreCorrupt(file, "its footer does not verify");
            }
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    /** The length of the data in a file of so many bytes: what is left without the footer and four bytes a page. */
    private static long dataLength(long length) {
        long rest = length - FOOTER;
        long pages = (rest + PAGE + 3) / (PAGE + 4);
        return rest - 4 * pages;
    }

    /** The length of the first, second or third area. */
    long area(int n) {
        return ByteSource.getLong(tail, footer + 8 + 8 * n);
    }

    /** The first or second number that the writer left. */
    long number(int n) {
        return ByteSource.getLong(tail, footer + 32 + 8 * n);
    }

    /** The verified page that holds a position; {@code position % 8192} is the place in it. */
    byte[] page(long position) {
        int page = (int) (position / PAGE);
        int place = page % KEPT;
        if (pages[place] == null || kept[place] != page) {
            pages[place] = load(page);
            kept[place] = page;
        }
        return pages[place];
    }

    static int inPage(long position) {
        return (int) (position % PAGE);
    }

    private byte[] load(int page) {
        try {
            if (page < 0 || (long) page * PAGE >= data) {
                throw new StoreCorrupt(file, "it refers to page " + page + " behind its end");
            }
            byte[] bytes = Disk.read(disk, (long) page * PAGE, Math.min(PAGE, data - (long) page * PAGE));
            if (ByteSource.crc(bytes, 0, bytes.length) != ByteSource.getInt(tail, 4 * page)) {
                throw new StoreCorrupt(file, "page " + page + " does not verify");
            }
            return bytes;
        } catch (IOException e) {
            throw new StoreException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void read(long position, byte[] into, int at, int length) {
        while (length > 0) {
            byte[] page = page(position);
            int from = inPage(position);
            int n = Math.min(length, page.length - from);
            if (n <= 0) {
                throw new StoreCorrupt(file, "it refers to byte " + position + " behind its end");
            }
            System.arraycopy(page, from, into, at, n);
            position += n;
            at += n;
            length -= n;
        }
    }

    long readLong(long position) {
        byte[] eight = new byte[8];
        read(position, eight, 0, 8);
        return ByteSource.getLong(eight, 0);
    }

    @Override
    public void close() {
        try {
            disk.close();
        } catch (IOException e) {
            // Nothing was written through it.
        }
    }

    /** The bytes of a file that consists of three areas, which the sink holds already, and two numbers. */
    static void finish(ByteSink sink, long area0, long area1, long area2, long number0, long number1) {
        int data = sink.size;
        for (int at = 0; at < data; at += PAGE) {
            sink.i32(ByteSource.crc(sink.bytes, at, Math.min(PAGE, data - at)));
        }
        sink.i64(MAGIC);
        sink.i64(area0);
        sink.i64(area1);
        sink.i64(area2);
        sink.i64(number0);
        sink.i64(number1);
        sink.i32(ByteSource.crc(sink.bytes, data, sink.size - data));
    }
}
