package dev.kubejar.store;

/**
 * One key changed by one transaction.
 *
 * @param value the new value, or null when the key was deleted
 * @param previous the value before; null when there was none or when it is no longer kept
 * @param revision the transaction's revision
 * @param createRevision the revision that created the key
 * @param version 1 for a creation
 * @param previousRevision the revision of the value before; 0 when there was none or when it is no longer known
 */
public record Change(
        String key,
        byte[] value,
        byte[] previous,
        long revision,
        long createRevision,
        long version,
        long previousRevision) {

    /** A change of which nobody asks when the value before was written. */
    public Change(String key, byte[] value, byte[] previous, long revision, long createRevision, long version) {
        this(key, value, previous, revision, createRevision, version, 0);
    }

    /** Whether the key was deleted; its last value is then {@link #previous()}. */
    public boolean isDelete() {
        return value == null;
    }

    /** Whether the key did not exist before. */
    public boolean isCreate() {
        return value != null && version == 1;
    }
}
