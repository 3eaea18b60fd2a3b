package dev.kubejar.store;

/** The history asked for is no longer kept, as etcd's ErrCompacted: list again and watch from there. */
public final class Compacted extends StoreException {
    private final long oldest;

    public Compacted(long asked, long oldest) {
        super("revision " + asked + " has been compacted, the oldest kept is " + oldest);
        this.oldest = oldest;
    }

    /** The oldest revision from which changes can still be asked for. */
    public long oldest() {
        return oldest;
    }
}
