package dev.kubejar.store;

/**
 * One live key with its value, as etcd describes it.
 *
 * @param createRevision the revision that created the key
 * @param modRevision the revision of its last change
 * @param version how many times it was written since its creation, from 1
 */
public record Entry(String key, byte[] value, long createRevision, long modRevision, long version) {}
