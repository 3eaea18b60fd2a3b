package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Job. */
final class JobRules {
    private JobRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
