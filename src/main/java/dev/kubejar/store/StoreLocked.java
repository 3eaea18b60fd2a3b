package dev.kubejar.store;

/** Another writer held the lock for longer than the caller wanted to wait. */
public final class StoreLocked extends StoreException {
    public StoreLocked(String message) {
        super(message);
    }
}
