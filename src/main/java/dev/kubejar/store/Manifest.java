package dev.kubejar.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What belongs to the state. A commit does not touch it; only a change of shape (a new journal, a merge's step) replaces it.
 *
 * <pre>
 * "KUBEJAR\n"  format  length  crc  body
 * </pre>
 */
final class Manifest {
    static final int FORMAT = 1;
    static final String NAME = "manifest";
    private static final long MAGIC = 0x4B5542454A41520AL;
    private static final int HEADER = 20;

    long generation;
    long nextId = 1;
    long revision;
    long due = Long.MAX_VALUE;
    long compacted;
    long journal;
    long credit;
    long creditAt;
    List<ClosedJournal> history = new ArrayList<>();
    List<TierRef> tiers = new ArrayList<>();
    List<MergeRef> merges = new ArrayList<>();

    /** A copy to change and publish; lists are copied, what they hold is immutable. */
    Manifest next() {
        Manifest copy = new Manifest();
        copy.generation = generation + 1;
        copy.nextId = nextId;
        copy.revision = revision;
        copy.due = due;
        copy.compacted = compacted;
        copy.journal = journal;
        copy.credit = credit;
        copy.creditAt = creditAt;
        copy.history = new ArrayList<>(history);
        copy.tiers = new ArrayList<>(tiers);
        copy.merges = new ArrayList<>(merges);
        return copy;
    }

    long takeId() {
        return nextId++;
    }

    /** The revision before the oldest change that is still kept, when the present journal starts at this one. */
    long floor(long journalStart) {
        return Math.max(
                compacted, history.isEmpty() ? journalStart : history.get(0).start());
    }

    /** The names of all files that belong to the state, the manifest and the lock aside. */
    Set<String> files() {
        Set<String> names = new HashSet<>();
        names.add(journalName(journal));
        for (ClosedJournal closed : history) {
            names.add(journalName(closed.id()));
        }
        for (SegmentRef segment : segments()) {
            names.add(tierName(segment.id()));
        }
        return names;
    }

    List<SegmentRef> segments() {
        List<SegmentRef> all = new ArrayList<>();
        for (TierRef tier : tiers) {
            all.addAll(tier.segments());
        }
        for (MergeRef merge : merges) {
            all.addAll(merge.done());
        }
        return all;
    }

    static String journalName(long id) {
        return name("journal-", id);
    }

    static String tierName(long id) {
        return name("tier-", id);
    }

    private static String name(String prefix, long id) {
        String digits = Long.toString(id);
        return prefix.concat("00000000".substring(Math.min(8, digits.length()))).concat(digits);
    }

    void publish(Path folder, Disk disk) throws IOException {
        ByteSink sink = new ByteSink(4096);
        sink.i64(MAGIC);
        sink.i32(FORMAT);
        sink.i64(0);
        writeBody(sink);
        ByteSink.putInt(sink.bytes, 12, sink.size - HEADER);
        ByteSink.putInt(sink.bytes, 16, checksum(sink.bytes, sink.size));
        disk.publish(folder.resolve(NAME), sink.bytes, sink.size);
        disk.syncFolder(folder);
    }

    private void writeBody(ByteSink sink) {
        sink.varint(generation);
        sink.varint(nextId);
        sink.varint(revision);
        sink.i64(due);
        sink.varint(compacted);
        sink.varint(journal);
        sink.varint(credit);
        sink.varint(creditAt);
        sink.varint(history.size());
        for (ClosedJournal closed : history) {
            sink.varint(closed.id());
            sink.varint(closed.length());
            sink.varint(closed.start());
        }
        sink.varint(tiers.size());
        for (TierRef tier : tiers) {
            tier.write(sink);
        }
        sink.varint(merges.size());
        for (MergeRef merge : merges) {
            merge.write(sink);
        }
    }

    /** Reads the folder's manifest, or the present one again when its generation has not changed. */
    static Manifest read(Path folder, Manifest present) throws IOException {
        Path file = folder.resolve(NAME);
        byte[] bytes = Disk.read(file, 0);
        if (bytes.length < HEADER || ByteSource.getLong(bytes, 0) != MAGIC) {
            throw new StoreCorrupt(file, "it does not start as a manifest");
        }
        if (ByteSource.getInt(bytes, 12) != bytes.length - HEADER) {
            throw new StoreCorrupt(
                    file,
                    "it has " + bytes.length + " bytes instead of " + (HEADER + (long) ByteSource.getInt(bytes, 12)));
        }
        if (ByteSource.getInt(bytes, 16) != checksum(bytes, bytes.length)) {
            throw new StoreCorrupt(file, "its checksum is wrong");
        }
        int format = ByteSource.getInt(bytes, 8);
        if (format > FORMAT) {
            throw new StoreException("the state in " + folder + " has format " + format
                    + ", this version of Kubejar reads formats up to " + FORMAT + "; use a newer one");
        }
        ByteSource source = new ByteSource(bytes, HEADER, bytes.length);
        long generation = source.varint();
        return present != null && present.generation == generation ? present : readBody(source, generation);
    }

    private static Manifest readBody(ByteSource source, long generation) {
        Manifest manifest = new Manifest();
        manifest.generation = generation;
        manifest.nextId = source.varint();
        manifest.revision = source.varint();
        manifest.due = source.i64();
        manifest.compacted = source.varint();
        manifest.journal = source.varint();
        manifest.credit = source.varint();
        manifest.creditAt = source.varint();
        for (int n = source.count(); n > 0; n--) {
            manifest.history.add(new ClosedJournal(source.varint(), source.varint(), source.varint()));
        }
        for (int n = source.count(); n > 0; n--) {
            manifest.tiers.add(TierRef.read(source));
        }
        for (int n = source.count(); n > 0; n--) {
            manifest.merges.add(MergeRef.read(source));
        }
        return manifest;
    }

    private static int checksum(byte[] bytes, int length) {
        return ByteSource.crc(bytes, 0, 16) ^ ByteSource.crc(bytes, HEADER, length - HEADER);
    }
}
