package dev.kubejar.store;

import java.util.List;

/**
 * A merge under way. Its inputs stay in place and are read until it is complete.
 *
 * <pre>
 * tiers  [9] [8] [5] [1]        merge {8, 5} after "m"   done: [a..f] [g..m]
 * tiers  [9] [a..f g..m n..z] [1]
 * </pre>
 *
 * @param newest the id of its newest input
 * @param oldest the id of its oldest input; those between them are inputs too
 * @param after the last key that was handled, or "" at the start
 * @param done the files written so far
 */
record MergeRef(long newest, long oldest, String after, List<SegmentRef> done) {

    void write(ByteSink sink) {
        sink.varint(newest);
        sink.varint(oldest);
        sink.text(after);
        TierRef.writeSegments(sink, done);
    }

    static MergeRef read(ByteSource source) {
        return new MergeRef(source.varint(), source.varint(), source.text(), TierRef.readSegments(source));
    }
}
