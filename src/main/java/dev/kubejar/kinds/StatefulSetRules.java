package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of StatefulSet. */
final class StatefulSetRules {
    private StatefulSetRules() {}

    static void check(Obj now, Obj before, Problems problems) {}

    static void status(Obj now, Obj before, Problems problems) {}
}
