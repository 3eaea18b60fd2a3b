package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Storage. */
final class StorageRules {
    private StorageRules() {}

    static void storageClass(Obj now, Obj before, Problems problems) {}
}
