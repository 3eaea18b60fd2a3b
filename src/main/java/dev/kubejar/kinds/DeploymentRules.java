package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Deployment. */
final class DeploymentRules {
    private DeploymentRules() {}

    static void check(Obj now, Obj before, Problems problems) {}

    static void status(Obj now, Obj before, Problems problems) {}
}
