package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of PodDisruptionBudget and PriorityClass. */
final class PolicyRules {
    private static final long HIGHEST = 1_000_000_000;

    private PolicyRules() {}

    static void budget(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            problems.invalid(
                    "spec",
                    GoStructs.of("PodDisruptionBudgetSpec", spec),
                    "minAvailable and maxUnavailable cannot be both set");
        }
        for (String field : List.of("minAvailable", "maxUnavailable")) {
            if (spec.has(field)) {
                Values.countOrPercent(problems, "spec." + field, spec.at(field));
                Values.notOverHundred(problems, "spec." + field, spec.at(field));
            }
        }
        Selectors.check(problems, "spec.selector", spec.obj("selector"));
        if (spec.has("unhealthyPodEvictionPolicy")) {
            String policy = spec.text("unhealthyPodEvictionPolicy");
            Values.supported(problems, "spec.unhealthyPodEvictionPolicy", policy, "AlwaysAllow", "IfHealthyBudget");
        }
    }

    static void budgetStatus(Obj now, Obj before, Problems problems) {
        WorkloadRules.counts(
                problems, now.obj("status"), "disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");
    }

    static void priorityClass(Obj now, Obj before, Problems problems) {
        if (before != null) {
            if (now.number("value") != before.number("value")) {
                problems.forbidden("value", "may not be changed in an update.");
            }
            Values.immutable(problems, "preemptionPolicy", now, before, "preemptionPolicy");
            return;
        }
        String name = now.name();
        if (name.startsWith("system-")) {
            String fault = system(now);
            if (!fault.isEmpty()) {
                problems.forbidden(
                        "metadata.name",
                        "priority class names with 'system-' prefix are reserved for system use only. error: " + fault);
            }
        } else if (now.number("value") > HIGHEST) {
            problems.forbidden("value", "maximum allowed value of a user defined priority is " + HIGHEST);
        }
        if (now.has("preemptionPolicy")) {
            Values.oneOf(problems, "preemptionPolicy", now.text("preemptionPolicy"), "PreemptLowerPriority", "Never");
        }
    }

    private static String system(Obj priority) {
        String name = priority.name();
        long value =
                switch (name) {
                    case "system-node-critical" -> 2_000_001_000;
                    case "system-cluster-critical" -> 2_000_000_000;
                    default -> -1;
                };
        if (value < 0) {
            return name + " is not a known system priority class";
        }
        if (priority.number("value") != value) {
            return "value of " + name + " PriorityClass must be " + value;
        }
        return priority.bool("globalDefault") ? "globalDefault of " + name + " PriorityClass must be false" : "";
    }
}
