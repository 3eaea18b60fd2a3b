package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of JobStatus. */
final class JobStatusRules {
    private JobStatusRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
