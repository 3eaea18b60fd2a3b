package dev.kubejar.store;

/** A key of the sorted space (an object, a memory or an index entry) and what stands there. */
record Item(String key, Slot slot) {
    /** First character of every index entry's key: {@code U+0001 index U+0000 key}. */
    static final char INDEX = '\u0001';

    static String indexKey(String index, String key) {
        return new StringBuilder(index.length() + key.length() + 2)
                .append(INDEX)
                .append(index)
                .append('\0')
                .append(key)
                .toString();
    }

    int bytes() {
        return key.length() + slot.length;
    }
}
