package dev.kubejar.store;

/**
 * An earlier journal that is kept for watchers only.
 *
 * @param length its length when it was closed
 * @param start the revision before its first record
 */
record ClosedJournal(long id, long length, long start) {}
