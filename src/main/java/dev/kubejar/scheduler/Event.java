package dev.kubejar.scheduler;

/** A change of the cluster that may let a waiting pod fit. */
public enum Event {
    NODE_ADD,
    NODE_LABEL,
    NODE_TAINT,
    NODE_ALLOCATABLE,
    /** A pod has been placed, or the labels of a placed one have changed. */
    POD_ADD,
    /** A placed pod is gone, has ended, or asks for less. */
    POD_DELETE,
    CLAIM,
    VOLUME,
    STORAGE_CLASS,
    NAMESPACE;

    /** Whether it concerns one node by name. */
    boolean ofNode() {
        return compareTo(NODE_ALLOCATABLE) <= 0;
    }
}
