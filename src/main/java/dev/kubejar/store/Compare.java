package dev.kubejar.store;

/** A condition of a transaction: the key was last changed at this revision; 0 means that it does not exist. */
public record Compare(String key, long modRevision) {

    /** The key must not exist. */
    public static Compare absent(String key) {
        return new Compare(key, 0);
    }
}
