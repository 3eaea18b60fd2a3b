package dev.kubejar.store;

import java.util.function.Consumer;

/**
 * Sizes at which the store reorganises itself; the defaults suit everything but tests.
 *
 * @param journalBytes a journal at least this long becomes a tier
 * @param journalWrites so does one with this many writes of keys
 * @param segmentBytes about how large one file of a tier becomes, and how much one step of a merge reads
 * @param historyBytes how much of earlier journals is kept for watchers
 * @param disk how files are written
 * @param warning told about upkeep that failed after a commit that succeeded
 */
public record Options(
        int journalBytes, int journalWrites, int segmentBytes, long historyBytes, Disk disk, Consumer<String> warning) {

    private static final int JOURNAL = 1 << 20;

    /**
     * What everybody uses. The kill harness makes real commands pass through checkpoints and merges sooner by setting the system property
     * {@code kubejar.store.journal} to a smaller size in bytes.
     */
    public static Options standard() {
        int journal = Integer.getInteger("kubejar.store.journal", JOURNAL);
        return new Options(journal, 4000, 2 * journal, 4L * JOURNAL, new Disk(), null);
    }

    /** The same with other sizes. */
    public Options sized(int journalBytes, int journalWrites, int segmentBytes, long historyBytes) {
        return new Options(journalBytes, journalWrites, segmentBytes, historyBytes, disk, warning);
    }

    /** The same with other file operations. */
    public Options on(Disk disk) {
        return new Options(journalBytes, journalWrites, segmentBytes, historyBytes, disk, warning);
    }

    /** The same, telling somebody about failed upkeep. */
    public Options warning(Consumer<String> warning) {
        return new Options(journalBytes, journalWrites, segmentBytes, historyBytes, disk, warning);
    }
}
