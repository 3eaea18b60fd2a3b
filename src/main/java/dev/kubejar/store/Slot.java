package dev.kubejar.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands under a key in the overlay, a tier and the journal: a slice of bytes, decoded when it is looked at.
 *
 * <pre>
 * GONE                                                        a tombstone, in tiers
 * OBJECT  create mod version n index*n value                  a revisioned key
 * MEMORY  value                                               a key without revisions
 * MARK                                                        an index entry
 * DELETED create mod version 0 lastValue                      a deletion with what it deleted, in the journal
 * </pre>
 */
final class Slot {
    static final int GONE = 0;
    static final int OBJECT = 1;
    static final int MEMORY = 2;
    static final int MARK = 3;
    static final int DELETED = 4;

    static final Slot TOMBSTONE = new Slot(new byte[] {GONE}, 0, 1);
    static final Slot INDEX_MARK = new Slot(new byte[] {MARK}, 0, 1);

    final byte[] bytes;
    final int from;
    final int length;

    Slot(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    static Slot object(Op op, long create, long mod, long version) {
        return versioned(OBJECT, op.indexes(), op.value(), 0, op.value().length, create, mod, version);
    }

    static Slot deleted(Entry last, long revision) {
        byte[] value = last.value();
        return versioned(DELETED, List.of(), value, 0, value.length, last.createRevision(), revision, last.version());
    }

    private static Slot versioned(
            int kind, List<String> indexes, byte[] value, int from, int length, long create, long mod, long version) {
        ByteSink sink = new ByteSink(length + 24 + 48 * indexes.size());
        sink.u8(kind);
        sink.varint(create);
        sink.varint(mod);
        sink.varint(version);
        sink.varint(indexes.size());
        for (int i = 0; i < indexes.size(); i++) {
            sink.text(indexes.get(i));
        }
        sink.raw(value, from, length);
        return new Slot(sink.bytes, 0, sink.size);
    }

    static Slot memory(byte[] value) {
        byte[] bytes = new byte[value.length + 1];
        bytes[0] = MEMORY;
        System.arraycopy(value, 0, bytes, 1, value.length);
        return new Slot(bytes, 0, bytes.length);
    }

    int kind() {
        return bytes[from];
    }

    boolean isLive() {
        int kind = bytes[from];
        return kind != GONE && kind != DELETED;
    }

    /** The revision of the change that this slot is; only for revisioned ones. */
    long modRevision() {
        ByteSource source = body();
        source.varint();
        return source.varint();
    }

    Entry entry(String key) {
        ByteSource source = body();
        long create = source.varint();
        long mod = source.varint();
        long version = source.varint();
        skipIndexes(source);
        return new Entry(key, Arrays.copyOfRange(bytes, source.at, source.end), create, mod, version);
    }

    /** The change that made this slot of another, or of none. */
    Change change(String key, Slot before) {
        Entry entry = entry(key);
        Entry last = before == null ? null : before.entry(key);
        boolean deleted = kind() == DELETED;
        return new Change(
                key,
                deleted ? null : entry.value(),
                deleted ? entry.value() : last == null ? null : last.value(),
                entry.modRevision(),
                entry.createRevision(),
                entry.version(),
                last == null ? 0 : last.modRevision());
    }

    byte[] memory() {
        return Arrays.copyOfRange(bytes, from + 1, from + length);
    }

    List<String> indexes() {
        ByteSource source = body();
        source.varint();
        source.varint();
        source.varint();
        int n = source.count();
        List<String> indexes = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            indexes.add(source.text());
        }
        return indexes;
    }

    private static void skipIndexes(ByteSource source) {
        for (int n = source.count(); n > 0; n--) {
            source.skipText();
        }
    }

    private ByteSource body() {
        return new ByteSource(bytes, from + 1, from + length);
    }
}
