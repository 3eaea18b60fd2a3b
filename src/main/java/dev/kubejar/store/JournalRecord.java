package dev.kubejar.store;

import java.util.List;

/** One commit: every write of its batch, in order. */
final class JournalRecord {
    final byte[] bytes;
    final int body;
    final int end;
    final long revision;
    final long due;
    final int writes;

    /** Is called for every write; the slot refers to the record's bytes. */
    interface Visitor {
        void write(String key, Slot slot);
    }

    private JournalRecord(byte[] bytes, int body, int end, long revision, long due, int writes) {
        this.bytes = bytes;
        this.body = body;
        this.end = end;
        this.revision = revision;
        this.due = due;
        this.writes = writes;
    }

    static JournalRecord read(byte[] bytes, int from, int end) {
        ByteSource source = new ByteSource(bytes, from, end);
        long revision = source.varint();
        long due = source.i64();
        int writes = source.count();
        return new JournalRecord(bytes, source.at, end, revision, due, writes);
    }

    static void writeHeader(ByteSink sink, long revision, long due, int writes) {
        sink.varint(revision);
        sink.i64(due);
        sink.varint(writes);
    }

    static void writeWrite(ByteSink sink, Write write) {
        sink.text(write.key());
        sink.varint(write.slot().length);
        sink.raw(write.slot().bytes, write.slot().from, write.slot().length);
        writeTexts(sink, write.removedIndexes());
        writeTexts(sink, write.addedIndexes());
    }

    private static void writeTexts(ByteSink sink, List<String> texts) {
        sink.varint(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            sink.text(texts.get(i));
        }
    }

    /** Lays the commit over what is known: the keys, and the index entries that it removes and adds. */
    void apply(Overlay overlay) {
        ByteSource source = new ByteSource(bytes, body, end);
        while (source.more()) {
            String key = source.text();
            overlay.set(key, readSlot(source));
            for (int n = source.count(); n > 0; n--) {
                overlay.set(Item.indexKey(source.text(), key), Slot.TOMBSTONE);
            }
            for (int n = source.count(); n > 0; n--) {
                overlay.set(Item.indexKey(source.text(), key), Slot.INDEX_MARK);
            }
        }
    }

    /** Visits the writes of revisioned keys. */
    void visit(Visitor visitor) {
        ByteSource source = new ByteSource(bytes, body, end);
        while (source.more()) {
            String key = source.text();
            Slot slot = readSlot(source);
            skipTexts(source);
            skipTexts(source);
            if (slot.kind() == Slot.OBJECT || slot.kind() == Slot.DELETED) {
                visitor.write(key, slot);
            }
        }
    }

    private static void skipTexts(ByteSource source) {
        for (int n = source.count(); n > 0; n--) {
            source.skipText();
        }
    }

    private Slot readSlot(ByteSource source) {
        int length = source.count();
        source.at += length;
        return new Slot(bytes, source.at - length, length);
    }
}
