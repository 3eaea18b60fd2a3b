package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of ServiceStatus. */
final class ServiceStatusRules {
    private ServiceStatusRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
