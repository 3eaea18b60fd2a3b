package dev.kubejar.store;

/**
 * One key changed by one transaction.
 *
 * @param value the new value, or null when the key was deleted
 * @param previous the value before; null when there was none or when it is no longer kept
 * @param revision the transaction's revision
 * @param createRevision the revision that created the key
 * @param version 1 for a creation
 */
public record Change(String key, byte[] value, byte[] previous, long revision, long createRevision, long version) {

    /** Whether the key was deleted; its last value is then {@link #previous()}. */
    public boolean isDelete() {
        return value == null;
    }

    /** Whether the key did not exist before. */
    public boolean isCreate() {
        return value != null && version == 1;
    }
}
