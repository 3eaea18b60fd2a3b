package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Endpoints. */
final class EndpointsRules {
    private EndpointsRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
