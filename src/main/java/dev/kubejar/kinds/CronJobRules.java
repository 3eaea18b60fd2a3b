package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of CronJob. */
final class CronJobRules {
    private CronJobRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
