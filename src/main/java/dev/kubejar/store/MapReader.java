package dev.kubejar.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mapdb.DataInput2;
import org.mapdb.Engine;
import org.mapdb.Serializer;
import org.mapdb.SerializerPojo;

/**
 * Reads the records of a MapDB 1.0 StoreDirect from a verified file. StoreDirect itself would read its 33 KB header, start logging and
 * keep no tree nodes; this reads two places a record.
 *
 * <pre>
 * index volume, at 32896 + 8 * recid:   size (16 bits) offset (44 bits, of 16 bytes) flags
 * record volume, at offset:             the record; when linked, first such a word for the part that follows
 * </pre>
 */
final class MapReader implements Engine {
    private static final int FIRST_RECID = 15 * 8 + 4096 * 8 + 8;
    private static final long OFFSET = 0x0000FFFFFFFFFFF0L;
    private static final long LINKED = 8;
    private static final long DISCARDED = 4;
    private static final int KEPT_NODES = 1024;

    private final PagedFile file;
    private final long records;
    private final Map<Long, Object> nodes = new HashMap<>();

    MapReader(PagedFile file) {
        this.file = file;
        this.records = file.area(0);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A> A get(long recid, Serializer<A> serializer) {
        boolean keep = serializer != (Object) Serializer.BYTE_ARRAY_NOSIZE;
        Object known = keep ? nodes.get(recid) : null;
        if (known == null) {
            known = read(recid, serializer);
            if (keep) {
                keep(recid, known);
            }
        }
        return (A) known;
    }

    private void keep(long recid, Object node) {
        if (nodes.size() >= KEPT_NODES) {
            nodes.clear();
        }
        nodes.put(recid, node);
    }

    private <A> A read(long recid, Serializer<A> serializer) {
        byte[] record = record(recid);
        try {
            return serializer.deserialize(new DataInput2(record), record.length);
        } catch (IOException e) {
            throw new StoreCorrupt(file.file, "record " + recid + " cannot be read");
        }
    }

    private byte[] record(long recid) {
        long at = FIRST_RECID + 8 * recid;
        if (recid <= 0 || at + 8 > records) {
            throw new StoreCorrupt(file.file, "it refers to record " + recid + ", which it does not have");
        }
        long word = file.readLong(at);
        if ((word & DISCARDED) != 0) {
            throw new StoreCorrupt(file.file, "record " + recid + " was never written");
        }
        byte[] record = new byte[0];
        while ((word & LINKED) != 0) {
            long offset = records + (word & OFFSET);
            record = appended(record, offset + 8, size(word) - 8);
            word = file.readLong(offset);
        }
        return appended(record, records + (word & OFFSET), size(word));
    }

    private byte[] appended(byte[] record, long from, int length) {
        byte[] longer = record.length == 0 ? new byte[length] : Arrays.copyOf(record, record.length + length);
        file.read(from, longer, record.length, length);
        return longer;
    }

    private static int size(long word) {
        return (int) (word >>> 48);
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("a tier is never changed");
    }

    @Override
    public long preallocate() {
        throw readOnly();
    }

    @Override
    public void preallocate(long[] recids) {
        throw readOnly();
    }

    @Override
    public <A> long put(A value, Serializer<A> serializer) {
        throw readOnly();
    }

    @Override
    public <A> void update(long recid, A value, Serializer<A> serializer) {
        throw readOnly();
    }

    @Override
    public <A> boolean compareAndSwap(long recid, A expected, A value, Serializer<A> serializer) {
        throw readOnly();
    }

    @Override
    public <A> void delete(long recid, Serializer<A> serializer) {
        throw readOnly();
    }

    @Override
    public void close() {
        nodes.clear();
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void commit() {
        throw readOnly();
    }

    @Override
    public void rollback() {
        throw readOnly();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public boolean canRollback() {
        return false;
    }

    @Override
    public boolean canSnapshot() {
        return false;
    }

    @Override
    public Engine snapshot() {
        throw readOnly();
    }

    @Override
    public void clearCache() {
        nodes.clear();
    }

    @Override
    public void compact() {
        throw readOnly();
    }

    @Override
    @Deprecated
    public SerializerPojo getSerializerPojo() {
        throw new UnsupportedOperationException("the state holds no serialized Java objects");
    }

    @Override
    public void closeListenerRegister(Runnable listener) {}

    @Override
    public void closeListenerUnregister(Runnable listener) {}
}
