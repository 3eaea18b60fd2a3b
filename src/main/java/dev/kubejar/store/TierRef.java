package dev.kubejar.store;

import java.util.ArrayList;
import java.util.List;

/** A sorted run of keys in one or more files whose key ranges follow each other. */
record TierRef(long id, List<SegmentRef> segments) {

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            bytes += segments.get(i).bytes();
        }
        return bytes;
    }

    void write(ByteSink sink) {
        sink.varint(id);
        writeSegments(sink, segments);
    }

    static TierRef read(ByteSource source) {
        return new TierRef(source.varint(), readSegments(source));
    }

    static void writeSegments(ByteSink sink, List<SegmentRef> segments) {
        sink.varint(segments.size());
        for (int i = 0; i < segments.size(); i++) {
            segments.get(i).write(sink);
        }
    }

    static List<SegmentRef> readSegments(ByteSource source) {
        int n = source.count();
        List<SegmentRef> segments = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            segments.add(SegmentRef.read(source));
        }
        return segments;
    }
}
