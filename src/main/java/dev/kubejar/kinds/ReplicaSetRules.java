package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of ReplicaSets. */
final class ReplicaSetRules {
    private ReplicaSetRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        Values.notNegative(problems, "spec", spec, "replicas");
        Values.notNegative(problems, "spec", spec, "minReadySeconds");
        WorkloadRules.selector(problems, spec, "deployment");
        WorkloadRules.template(problems, spec, "ReplicaSet");
        if (before != null) {
            Selectors.immutable(problems, "spec.selector", spec, before.obj("spec"), "selector");
        }
        WorkloadRules.warnings(now, before, problems);
    }

    static void status(Obj now, Obj before, Problems problems) {
        WorkloadRules.replicaStatus(problems, now.obj("status"));
    }
}
