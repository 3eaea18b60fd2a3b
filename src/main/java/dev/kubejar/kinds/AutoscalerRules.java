package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;

/** Rules of HorizontalPodAutoscaler. */
final class AutoscalerRules {
    private static final int LONGEST_PERIOD = 1800;
    private static final int LONGEST_WINDOW = 3600;
    private static final String[] TYPES = {"ContainerResource", "External", "Object", "Pods", "Resource"};

    private AutoscalerRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        long least = before != null && before.number("spec.minReplicas", 1) == 0 ? 0 : 1;
        long min = spec.number("minReplicas", 1);
        long max = spec.number("maxReplicas");
        if (min < least) {
            problems.invalid("spec.minReplicas", min, "must be greater than or equal to " + least);
        }
        if (max == 0) {
            problems.required("spec.maxReplicas", "must be set and greater than 0");
        } else if (max < 0) {
            problems.invalid("spec.maxReplicas", max, "must be greater than or equal to 1");
        }
        if (spec.has("minReplicas") && max < min) {
            problems.invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
        }
        Obj target = spec.obj("scaleTargetRef");
        boolean unchanged = before != null
                && before.text("spec.scaleTargetRef.apiVersion").equals(target.text("apiVersion"))
                && before.text("spec.scaleTargetRef.kind").equals(target.text("kind"));
        boolean core = target.text("kind").equals("ReplicationController");
        reference(problems, "spec.scaleTargetRef", target, !unchanged, core);
        metrics(problems, spec, before);
        for (String direction : List.of("scaleUp", "scaleDown")) {
            if (spec.has("behavior." + direction)) {
                behavior(problems, "spec.behavior." + direction, spec.obj("behavior." + direction));
            }
        }
    }

    private static void reference(Problems problems, String path, Obj ref, boolean checkVersion, boolean coreToo) {
        for (String field : List.of("kind", "name")) {
            if (Values.required(problems, path, ref, field)) {
                Values.named(problems, path + "." + field, ref.text(field), Names.pathSegment(ref.text(field)));
            }
        }
        String fault = checkVersion ? version(ref.text("apiVersion"), coreToo) : "";
        if (!fault.isEmpty()) {
            problems.invalid(path + ".apiVersion", ref.text("apiVersion"), fault);
        }
    }

    private static String version(String version, boolean coreToo) {
        if (version.chars().filter(c -> c == '/').count() > 1) {
            return "unexpected GroupVersion string: " + version;
        }
        boolean core = version.indexOf('/') <= 0;
        return core && !coreToo ? "apiVersion must specify API group" : "";
    }

    private static void metrics(Problems problems, Obj spec, Obj before) {
        boolean wasOdd = false;
        for (Obj metric : before == null ? List.<Obj>of() : before.list("spec.metrics")) {
            wasOdd |= metric.text("type").equals("Object")
                    && !version(metric.text("object.describedObject.apiVersion"), true)
                            .isEmpty();
        }
        boolean scalesToZero = false;
        List<Obj> metrics = spec.list("metrics");
        for (int i = 0; i < metrics.size(); i++) {
            metric(problems, "spec.metrics[" + i + "]", metrics.get(i), !wasOdd);
            scalesToZero |=
                    List.of("Object", "External").contains(metrics.get(i).text("type"));
        }
        if (spec.number("minReplicas", 1) == 0 && !scalesToZero) {
            problems.forbidden(
                    "spec.metrics",
                    "must specify at least one Object or External metric to support scaling to zero replicas");
        }
    }

    private static void metric(Problems problems, String path, Obj metric, boolean checkVersion) {
        String type = metric.text("type");
        if (type.isEmpty()) {
            problems.required(path + ".type", "must specify a metric source type");
        }
        boolean known = Values.supported(problems, path + ".type", type, TYPES);
        List<String> present = new ArrayList<>();
        for (String source : List.of("object", "external", "pods", "resource", "containerResource")) {
            if (metric.has(source)) {
                present.add(source);
                if (present.size() == 1) {
                    source(problems, path + "." + source, source, metric.obj(source), checkVersion);
                }
            }
        }
        String expected = known ? Character.toLowerCase(type.charAt(0)) + type.substring(1) : "";
        if (!known) {
            Values.supported(problems, path + ".type", type, TYPES);
        } else if (!metric.has(expected)) {
            problems.required(path + "." + expected, "must populate information for the given metric source");
        }
        if (present.size() != 1) {
            present.remove(expected);
            present.forEach(
                    other -> problems.forbidden(path + "." + other, "must populate the given metric source only"));
        }
    }

    private static void source(Problems problems, String path, String source, Obj metric, boolean checkVersion) {
        switch (source) {
            case "object" -> {
                reference(problems, path + ".describedObject", metric.obj("describedObject"), checkVersion, true);
                named(problems, path + ".metric", metric.obj("metric"));
            }
            case "external", "pods" -> named(problems, path + ".metric", metric.obj("metric"));
            default -> resource(problems, path, source, metric);
        }
        Obj target = metric.obj("target");
        target(problems, path + ".target", target);
        boolean value = target.has("value");
        boolean average = target.has("averageValue");
        boolean utilization = target.has("averageUtilization");
        String at = path + ".target.";
        switch (source) {
            case "object" -> {
                if (!value && !average) {
                    problems.required(at + "averageValue", "must set either a target value or averageValue");
                }
            }
            case "external" -> {
                if (!value && !average) {
                    problems.required(
                            at + "averageValue", "must set either a target value for metric or a per-pod target");
                } else if (value && average) {
                    problems.forbidden(at + "value", "may not set both a target value for metric and a per-pod target");
                }
            }
            case "pods" -> {
                if (!average) {
                    problems.required(at + "averageValue", "must specify a positive target averageValue");
                }
            }
            default -> {
                if (!utilization && !average) {
                    problems.required(
                            at + "averageUtilization", "must set either a target raw value or a target utilization");
                } else if (utilization && average) {
                    problems.forbidden(
                            at + "averageValue", "may not set both a target raw value and a target utilization");
                }
            }
        }
    }

    private static void resource(Problems problems, String path, String source, Obj metric) {
        boolean container = source.equals("containerResource");
        String name = metric.text("name");
        if (name.isEmpty()) {
            problems.required(path + ".name", "must specify a resource name");
        } else if (container) {
            Resources.containerName(problems, path + ".name", name);
        }
        if (container && metric.text("container").isEmpty()) {
            problems.required(path + ".container", "must specify a container");
        } else if (container) {
            Values.named(
                    problems, path + ".container", metric.text("container"), Names.label(metric.text("container")));
        }
    }

    private static void named(Problems problems, String path, Obj metric) {
        String name = metric.text("name");
        if (name.isEmpty()) {
            problems.required(path + ".name", "must specify a metric name");
        } else {
            Values.named(problems, path + ".name", name, Names.pathSegment(name));
        }
    }

    private static void target(Problems problems, String path, Obj target) {
        String type = target.text("type");
        if (type.isEmpty()) {
            problems.required(path + ".type", "must specify a metric target type");
        }
        if (!List.of("Utilization", "Value", "AverageValue").contains(type)) {
            problems.invalid(path + ".type", type, "must be either Utilization, Value, or AverageValue");
        }
        for (String field : List.of("value", "averageValue")) {
            if (target.has(field) && Quantity.of(target.at(field)).signum() <= 0) {
                problems.invalid(path + "." + field, target.text(field), "must be positive");
            }
        }
        if (target.has("averageUtilization") && target.number("averageUtilization") < 1) {
            problems.invalid(
                    path + ".averageUtilization", target.number("averageUtilization"), "must be greater than 0");
        }
    }

    private static void behavior(Problems problems, String path, Obj rules) {
        if (rules.has("stabilizationWindowSeconds")) {
            long window = rules.number("stabilizationWindowSeconds");
            if (window < 0) {
                problems.invalid(path + ".stabilizationWindowSeconds", window, "must be greater than or equal to zero");
            } else if (window > LONGEST_WINDOW) {
                problems.invalid(
                        path + ".stabilizationWindowSeconds",
                        window,
                        "must be less than or equal to " + LONGEST_WINDOW);
            }
        }
        if (rules.has("selectPolicy")) {
            Values.supported(problems, path + ".selectPolicy", rules.text("selectPolicy"), "Disabled", "Max", "Min");
        }
        List<Obj> policies = rules.list("policies");
        if (policies.isEmpty()) {
            problems.required(path + ".policies", "must specify at least one Policy");
        }
        for (int i = 0; i < policies.size(); i++) {
            policy(problems, path + ".policies[" + i + "]", policies.get(i));
        }
        if (rules.has("tolerance") && Quantity.of(rules.at("tolerance")).signum() < 0) {
            problems.invalid(path + ".tolerance", rules.text("tolerance"), Values.NOT_NEGATIVE);
        }
    }

    private static void policy(Problems problems, String path, Obj policy) {
        Values.supported(problems, path + ".type", policy.text("type"), "Percent", "Pods");
        Values.positive(problems, path + ".value", policy.number("value"));
        long period = policy.number("periodSeconds");
        Values.positive(problems, path + ".periodSeconds", period);
        if (period > LONGEST_PERIOD) {
            problems.invalid(path + ".periodSeconds", period, "must be less than or equal to " + LONGEST_PERIOD);
        }
    }

    static void status(Obj now, Obj before, Problems problems) {
        WorkloadRules.counts(problems, now.obj("status"), "currentReplicas", "desiredReplicas");
    }
}
