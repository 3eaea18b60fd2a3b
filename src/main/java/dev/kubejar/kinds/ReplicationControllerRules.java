package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodRules;
import dev.kubejar.kinds.pod.PodWarnings;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.Map;

/** Rules of ReplicationControllers. */
final class ReplicationControllerRules {
    private ReplicationControllerRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        Values.notNegative(problems, "spec", spec, "minReadySeconds");
        Map<String, String> selector = spec.map("selector");
        if (selector.isEmpty()) {
            problems.required("spec.selector", "");
        }
        Values.notNegative(problems, "spec", spec, "replicas");
        if (!spec.has("template")) {
            problems.required("spec.template", "");
            return;
        }
        Obj template = spec.obj("template");
        if (!template.labels().entrySet().containsAll(selector.entrySet())) {
            problems.invalid("spec.template.metadata.labels", WorkloadRules.labels(template), WorkloadRules.NO_MATCH);
        }
        PodRules.template(problems, "spec.template", template);
        WorkloadRules.alwaysRestarting(problems, template, "ReplicationController");
        Workloads.nameWarning(now, before, problems);
        if (before == null) {
            PodWarnings.template("spec.template", template, problems);
        } else if (now.generation() != before.generation()) {
            // the server takes the old template for the new one
            PodWarnings.template("spec.template", before.obj("spec.template"), problems);
        }
    }

    static void status(Obj now, Obj before, Problems problems) {
        WorkloadRules.replicaStatus(problems, now.obj("status"));
    }
}
