package dev.kubejar.api;

/** Resources without garbage collection: events. */
final class NeverCollected implements Strategy {
    @Override
    public String propagation() {
        return "";
    }
}
