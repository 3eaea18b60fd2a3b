package dev.kubejar.store;

/** A commit could not be written, most often because the disk is full; the state is as it was before. */
public final class StoreFull extends StoreException {
    public StoreFull(String message, Throwable cause) {
        super(message, cause);
    }
}
