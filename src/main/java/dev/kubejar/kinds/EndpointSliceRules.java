package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of EndpointSlice. */
final class EndpointSliceRules {
    private EndpointSliceRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
