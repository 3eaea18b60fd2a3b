package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodRules;
import dev.kubejar.kinds.pod.PodWarnings;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules that the kinds with a pod template have in common. */
final class WorkloadRules {
    static final String NO_MATCH = "`selector` does not match template `labels`";

    private WorkloadRules() {}

    /** The selector of ReplicaSets, Deployments and StatefulSets. */
    static void selector(Problems problems, Obj spec, String kind) {
        if (!spec.has("selector")) {
            problems.required("spec.selector", "");
            return;
        }
        Obj selector = spec.obj("selector");
        Selectors.check(problems, "spec.selector", selector);
        if (Selectors.isEmpty(selector)) {
            problems.invalid(
                    "spec.selector", Selectors.shown(spec, "selector"), "empty selector is invalid for " + kind);
        }
    }

    /** The template of ReplicaSets, Deployments and their like. */
    static void template(Problems problems, Obj spec, String kind) {
        Obj selector = spec.obj("selector");
        if (!wellFormed(selector)) {
            problems.invalid("spec.selector", Selectors.shown(spec, "selector"), "invalid label selector");
            return;
        }
        Obj template = spec.obj("template");
        boolean matches = spec.has("selector") && Selectors.matches(selector, template.labels());
        if (!matches) {
            problems.invalid("spec.template.metadata.labels", labels(template), NO_MATCH);
        }
        PodRules.template(problems, "spec.template", template);
        alwaysRestarting(problems, template, kind);
    }

    /** A template's labels as messages show them: null where there are none at all. */
    static Object labels(Obj template) {
        return template.has("metadata.labels")
                ? template.at("metadata.labels")
                : com.fasterxml.jackson.databind.node.NullNode.getInstance();
    }

    /** Whether Go could make a selector of it: known operators, values where they belong, right keys and values. */
    static boolean wellFormed(Obj selector) {
        Problems faults = new Problems();
        Selectors.check(faults, "", selector);
        return faults.isEmpty();
    }

    static void alwaysRestarting(Problems problems, Obj template, String kind) {
        String policy = template.text("spec.restartPolicy");
        if (!policy.equals("Always")) {
            problems.notSupported("spec.template.spec.restartPolicy", policy, List.of("Always"));
        }
        if (template.has("spec.activeDeadlineSeconds")) {
            problems.forbidden(
                    "spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    /** Warnings of a new workload, or of one whose specification has changed. */
    static void warnings(Obj now, Obj before, Problems problems) {
        Workloads.nameWarning(now, before, problems);
        if (before == null || now.generation() != before.generation()) {
            PodWarnings.template("spec.template", now.obj("spec.template"), problems);
        }
    }

    /** Counts in a status: none negative. */
    static void counts(Problems problems, Obj status, String... fields) {
        for (String field : fields) {
            Values.notNegative(problems, "status", status, field);
        }
    }

    /** A count in a status that may not be over another. */
    static void notOver(Problems problems, Obj status, String field, String other, String message) {
        if (status.number(field) > status.number(other)) {
            problems.invalid("status." + field, status.number(field), message);
        }
    }

    /** The collision count only grows. */
    static void collisions(Problems problems, Obj now, Obj before) {
        boolean had = before.has("status.collisionCount");
        if (had && now.number("status.collisionCount") < before.number("status.collisionCount")) {
            problems.invalid("status.collisionCount", now.number("status.collisionCount"), "cannot be decremented");
        }
    }

    static final String OVER_REPLICAS = "cannot be greater than status.replicas";

    /** Status of ReplicaSets and ReplicationControllers. */
    static void replicaStatus(Problems problems, Obj status) {
        counts(
                problems,
                status,
                "replicas",
                "fullyLabeledReplicas",
                "readyReplicas",
                "availableReplicas",
                "observedGeneration",
                "terminatingReplicas");
        for (String field : List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas")) {
            notOver(problems, status, field, "replicas", OVER_REPLICAS);
        }
        notOver(problems, status, "availableReplicas", "readyReplicas", "cannot be greater than readyReplicas");
    }
}
