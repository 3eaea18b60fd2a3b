package dev.kubejar.store;

import java.util.List;

/**
 * One write of a transaction.
 *
 * @param value the new value, or null to delete the key
 * @param indexes the index entries under which the key is found while it has this value, for example {@code node/worker-1}
 */
public record Op(String key, byte[] value, List<String> indexes) {

    /** Writes the key and replaces its index entries by these. */
    public static Op put(String key, byte[] value, List<String> indexes) {
        if (value == null) {
            throw new IllegalArgumentException("a put needs a value: ".concat(key));
        }
        return new Op(key, value, indexes);
    }

    /** Deletes the key and its index entries; deleting a key that does not exist changes nothing. */
    public static Op delete(String key) {
        return new Op(key, null, List.of());
    }
}
