package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Service. */
final class ServiceRules {
    private ServiceRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
