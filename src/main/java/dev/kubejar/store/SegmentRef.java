package dev.kubejar.store;

/**
 * A file of a tier, as the manifest knows it.
 *
 * @param flat whether it is a flat file (the genesis) and not a MapDB one
 * @param bytes the file's length
 * @param first the least key in it
 * @param last the greatest key in it
 */
record SegmentRef(long id, boolean flat, long bytes, String first, String last) {

    void write(ByteSink sink) {
        sink.varint(id);
        sink.u8(flat ? 1 : 0);
        sink.varint(bytes);
        sink.text(first);
        sink.text(last);
    }

    static SegmentRef read(ByteSource source) {
        return new SegmentRef(source.varint(), source.u8() == 1, source.varint(), source.text(), source.text());
    }
}
