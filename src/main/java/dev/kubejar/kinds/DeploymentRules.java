package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of Deployments. */
final class DeploymentRules {
    private DeploymentRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        Values.notNegative(problems, "spec", spec, "replicas");
        WorkloadRules.selector(problems, spec, "deployment");
        WorkloadRules.template(problems, spec, "ReplicaSet");
        strategy(problems, spec.obj("strategy"));
        Values.notNegative(problems, "spec", spec, "minReadySeconds");
        Values.notNegative(problems, "spec", spec, "revisionHistoryLimit");
        Values.notNegative(problems, "spec", spec, "progressDeadlineSeconds");
        if (spec.has("progressDeadlineSeconds")
                && spec.number("progressDeadlineSeconds") <= spec.number("minReadySeconds")) {
            problems.invalid(
                    "spec.progressDeadlineSeconds",
                    spec.number("progressDeadlineSeconds"),
                    "must be greater than minReadySeconds");
        }
        if (before != null) {
            Selectors.immutable(problems, "spec.selector", spec, before.obj("spec"), "selector");
        }
        WorkloadRules.warnings(now, before, problems);
    }

    private static void strategy(Problems problems, Obj strategy) {
        String path = "spec.strategy";
        switch (strategy.text("type")) {
            case "Recreate" -> {
                if (strategy.has("rollingUpdate")) {
                    problems.forbidden(
                            path + ".rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                Obj rolling = strategy.obj("rollingUpdate");
                String at = path + ".rollingUpdate";
                Values.countOrPercent(problems, at + ".maxUnavailable", rolling.at("maxUnavailable"));
                Values.countOrPercent(problems, at + ".maxSurge", rolling.at("maxSurge"));
                if (Values.countOrPercentage(rolling.at("maxUnavailable")) == 0
                        && Values.countOrPercentage(rolling.at("maxSurge")) == 0) {
                    problems.invalid(
                            at + ".maxUnavailable", rolling.at("maxUnavailable"), "may not be 0 when `maxSurge` is 0");
                }
                Values.notOverHundred(problems, at + ".maxUnavailable", rolling.at("maxUnavailable"));
            }
            default ->
                problems.notSupported(
                        path, GoStructs.of("DeploymentStrategy", strategy), List.of("Recreate", "RollingUpdate"));
        }
    }

    static void status(Obj now, Obj before, Problems problems) {
        Obj status = now.obj("status");
        WorkloadRules.counts(
                problems,
                status,
                "observedGeneration",
                "replicas",
                "updatedReplicas",
                "readyReplicas",
                "availableReplicas",
                "unavailableReplicas",
                "terminatingReplicas",
                "collisionCount");
        for (String field : List.of("updatedReplicas", "readyReplicas", "availableReplicas")) {
            WorkloadRules.notOver(problems, status, field, "replicas", WorkloadRules.OVER_REPLICAS);
        }
        WorkloadRules.notOver(
                problems, status, "availableReplicas", "readyReplicas", "cannot be greater than readyReplicas");
        WorkloadRules.collisions(problems, now, before);
    }
}
