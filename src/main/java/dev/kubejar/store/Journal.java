package dev.kubejar.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of commits, as far as it has been read.
 *
 * <pre>
 * "KUBEJRNL" start crc
 * length crc headerCrc | revision due writes (key slot removed* added*)*      a commit
 * length crc headerCrc | ...
 * </pre>
 *
 * What a killed writer leaves is the beginning of a record: it was never acknowledged and counts as not there. Anything else that does
 * not verify is damage. After a power failure pages of the last record may be missing, that is zero; such a record was not acknowledged
 * either, as its fsync had not returned.
 */
final class Journal {
    private static final long MAGIC = 0x4B5542454A524E4CL;
    private static final int FILE_HEADER = 20;
    private static final int RECORD_HEADER = 12;
    private static final int PAGE = 4096;

    final Path file;
    final long id;
    long start;
    /** Bytes of the file that are verified commits. */
    long length;
    /** Writes of keys in them. */
    int writes;

    final List<JournalRecord> records = new ArrayList<>();

    Journal(Path folder, long id) {
        this.id = id;
        this.file = folder.resolve(Manifest.journalName(id));
    }

    /** Creates an empty journal that starts after a revision; the folder is still to be synced. */
    static Journal create(Path folder, long id, long start, Disk disk) throws IOException {
        Journal journal = new Journal(folder, id);
        ByteSink sink = new ByteSink(FILE_HEADER);
        sink.i64(MAGIC);
        sink.i64(start);
        sink.i32(ByteSource.crc(sink.bytes, 0, 16));
        disk.publish(journal.file, sink.bytes, sink.size);
        journal.start = start;
        journal.length = FILE_HEADER;
        return journal;
    }

    /** Reads what has been appended since, and returns the index of the first new record. */
    int readOn() throws IOException {
        int known = records.size();
        byte[] bytes = Disk.read(file, length);
        int at = length == 0 ? readFileHeader(bytes) : 0;
        long base = length == 0 ? 0 : length;
        while (at < bytes.length) {
            int end = recordEnd(bytes, at, base);
            if (end < 0) {
                break;
            }
            add(JournalRecord.read(bytes, at + RECORD_HEADER, end));
            at = end;
            length = base + at;
        }
        length = base + at;
        return known;
    }

    private void add(JournalRecord record) {
        records.add(record);
        writes += record.writes;
    }

    private int readFileHeader(byte[] bytes) {
        if (bytes.length < FILE_HEADER
                || ByteSource.getLong(bytes, 0) != MAGIC
                || ByteSource.getInt(bytes, 16) != ByteSource.crc(bytes, 0, 16)) {
            throw new StoreCorrupt(file, "it does not start as a journal");
        }
        start = ByteSource.getLong(bytes, 8);
        return FILE_HEADER;
    }

    /** Where the record that starts here ends, or -1 when it was not written to its end. */
    private int recordEnd(byte[] bytes, int at, long base) {
        int left = bytes.length - at;
        if (left < RECORD_HEADER) {
            return -1;
        }
        if (ByteSource.getInt(bytes, at + 8) != ByteSource.crc(bytes, at, 8)) {
            if (isMissing(bytes, at, at + RECORD_HEADER, base)) {
                return -1;
            }
            throw new StoreCorrupt(file, "the record at byte " + (base + at) + " does not verify");
        }
        int payload = ByteSource.getInt(bytes, at);
        if (payload > left - RECORD_HEADER) {
            return -1;
        }
        int end = at + RECORD_HEADER + payload;
        if (ByteSource.getInt(bytes, at + 4) != ByteSource.crc(bytes, at + RECORD_HEADER, payload)) {
            if (end == bytes.length && isMissing(bytes, at, end, base)) {
                return -1;
            }
            throw new StoreCorrupt(file, "the record at byte " + (base + at) + " does not verify");
        }
        return end;
    }

    /** Whether a page's part of this range was never written: all of it is zero, and it is too long for a coincidence. */
    private static boolean isMissing(byte[] bytes, int from, int to, long base) {
        for (int page = from; page < to; ) {
            int end = (int) Math.min(to, page + PAGE - (base + page) % PAGE);
            int zero = page;
            while (zero < end && bytes[zero] == 0) {
                zero++;
            }
            if (zero == end && (end - page >= 64 || end - page == to - from)) {
                return true;
            }
            page = end;
        }
        return false;
    }

    /** A sink for a commit, with room for what goes before it. */
    static ByteSink beginRecord(int capacity) {
        ByteSink sink = new ByteSink(capacity + RECORD_HEADER);
        sink.i64(0);
        sink.i32(0);
        return sink;
    }

    /** Appends a commit, begun by {@link #beginRecord}, durably. On failure the file is as before. */
    void append(ByteSink record, Disk disk) throws IOException {
        byte[] bytes = record.bytes;
        int payload = record.size - RECORD_HEADER;
        ByteSink.putInt(bytes, 0, payload);
        ByteSink.putInt(bytes, 4, ByteSource.crc(bytes, RECORD_HEADER, payload));
        ByteSink.putInt(bytes, 8, ByteSource.crc(bytes, 0, 8));
        disk.append(file, length, bytes, record.size);
        length += record.size;
        add(JournalRecord.read(bytes, RECORD_HEADER, record.size));
    }

    /** Reads a closed journal, which must be whole. */
    static Journal readClosed(Path folder, ClosedJournal closed) throws IOException {
        Journal journal = new Journal(folder, closed.id());
        journal.readOn();
        if (journal.length != closed.length()) {
            throw new StoreCorrupt(
                    journal.file, "it has " + journal.length + " good bytes instead of " + closed.length());
        }
        return journal;
    }
}
