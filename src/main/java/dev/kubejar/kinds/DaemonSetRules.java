package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of DaemonSet. */
final class DaemonSetRules {
    private DaemonSetRules() {}

    static void check(Obj now, Obj before, Problems problems) {}

    static void status(Obj now, Obj before, Problems problems) {}
}
