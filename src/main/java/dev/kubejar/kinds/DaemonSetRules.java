package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodRules;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of DaemonSet. */
final class DaemonSetRules {
    private DaemonSetRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        Obj selector = spec.obj("selector");
        Obj template = spec.obj("template");
        if (before != null) {
            Selectors.immutable(problems, "spec.selector", spec, before.obj("spec"), "selector");
        }
        Selectors.check(problems, "spec.selector", selector);
        boolean matches = spec.has("selector") && Selectors.matches(selector, template.labels());
        if (WorkloadRules.wellFormed(selector) && !matches) {
            problems.invalid("spec.template.metadata.labels", WorkloadRules.labels(template), WorkloadRules.NO_MATCH);
        }
        if (spec.has("selector") && Selectors.isEmpty(selector)) {
            problems.invalid(
                    "spec.selector", Selectors.shown(spec, "selector"), "empty selector is invalid for daemonset");
        }
        PodRules.template(problems, "spec.template", template);
        WorkloadRules.alwaysRestarting(problems, template, "DaemonSet");
        Values.notNegative(problems, "spec", spec, "minReadySeconds");
        strategy(problems, "spec.updateStrategy", spec.obj("updateStrategy"));
        Values.notNegative(problems, "spec", spec, "revisionHistoryLimit");
        WorkloadRules.warnings(now, before, problems);
    }

    private static void strategy(Problems problems, String path, Obj strategy) {
        switch (strategy.text("type")) {
            case "OnDelete" -> {}
            case "RollingUpdate" -> {
                if (strategy.has("rollingUpdate")) {
                    rolling(problems, path + ".rollingUpdate", strategy.obj("rollingUpdate"));
                } else {
                    problems.required(path + ".rollingUpdate", "");
                }
            }
            default ->
                problems.notSupported(
                        path, GoStructs.of("DaemonSetUpdateStrategy", strategy), List.of("RollingUpdate", "OnDelete"));
        }
    }

    private static void rolling(Problems problems, String path, Obj rolling) {
        List<String> fields = List.of("maxUnavailable", "maxSurge");
        for (String field : fields) {
            Values.countOrPercent(problems, path + "." + field, rolling.at(field));
        }
        for (String field : fields) {
            Values.notOverHundred(problems, path + "." + field, rolling.at(field));
        }
        boolean unavailable = Values.countOrPercentage(rolling.at("maxUnavailable")) != 0;
        boolean surge = Values.countOrPercentage(rolling.at("maxSurge")) != 0;
        if (unavailable && surge) {
            problems.invalid(
                    path + ".maxSurge", rolling.at("maxSurge"), "may not be set when maxUnavailable is non-zero");
        } else if (!unavailable && !surge) {
            problems.required(path + ".maxUnavailable", "cannot be 0 when maxSurge is 0");
        }
    }

    static void status(Obj now, Obj before, Problems problems) {
        WorkloadRules.counts(
                problems,
                now.obj("status"),
                "currentNumberScheduled",
                "numberMisscheduled",
                "desiredNumberScheduled",
                "numberReady",
                "observedGeneration",
                "updatedNumberScheduled",
                "numberAvailable",
                "numberUnavailable",
                "collisionCount");
        WorkloadRules.collisions(problems, now, before);
    }
}
