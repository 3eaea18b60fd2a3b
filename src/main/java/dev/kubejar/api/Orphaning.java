package dev.kubejar.api;

/** Resources whose dependents stay unless a deletion says otherwise: jobs and replication controllers of old clients. */
final class Orphaning implements Strategy {
    @Override
    public String propagation() {
        return "Orphan";
    }
}
