package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Autoscaler. */
final class AutoscalerRules {
    private AutoscalerRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
