package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Policy. */
final class PolicyRules {
    private PolicyRules() {}

    static void budget(Obj now, Obj before, Problems problems) {}

    static void priorityClass(Obj now, Obj before, Problems problems) {}
}
