package dev.kubejar.store;

/** A point of a batch to which it can return. */
public final class Savepoint {
    final int writes;
    final int overlay;
    final long revision;
    final long due;
    final int recent;
    final int unheard;

    Savepoint(int writes, int overlay, long revision, long due, int recent, int unheard) {
        this.writes = writes;
        this.overlay = overlay;
        this.revision = revision;
        this.due = due;
        this.recent = recent;
        this.unheard = unheard;
    }
}
