package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of ReplicationController. */
final class ReplicationControllerRules {
    private ReplicationControllerRules() {}

    static void check(Obj now, Obj before, Problems problems) {}

    static void status(Obj now, Obj before, Problems problems) {}
}
