package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Quota. */
final class QuotaRules {
    private QuotaRules() {}

    static void limitRange(Obj now, Obj before, Problems problems) {}

    static void quota(Obj now, Obj before, Problems problems) {}
}
