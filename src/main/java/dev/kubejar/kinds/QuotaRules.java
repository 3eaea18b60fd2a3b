package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules of ResourceQuota. */
final class QuotaRules {
    private static final Set<String> PODS = Set.of("pods");
    private static final Set<String> COMPUTE =
            Set.of("pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory");
    private static final Set<String> CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");
    private static final Map<String, Set<String>> SCOPES = Map.of(
            "Terminating", COMPUTE,
            "NotTerminating", COMPUTE,
            "NotBestEffort", COMPUTE,
            "PriorityClass", COMPUTE,
            "CrossNamespacePodAffinity", COMPUTE,
            "BestEffort", PODS,
            "VolumeAttributesClass", CLAIMS);
    private static final List<List<String>> CONFLICTS =
            List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));

    private QuotaRules() {}

    static void quota(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        amounts(problems, "spec.hard", spec.obj("hard"));
        scopes(problems, spec);
        if (spec.has("scopeSelector")) {
            selector(problems, "spec.scopeSelector.matchExpressions", spec);
        }
        if (before == null) {
            warnings(problems, spec.obj("hard"));
        } else {
            Set<String> scopes = new TreeSet<>(spec.texts("scopes"));
            if (!scopes.equals(new TreeSet<>(before.texts("spec.scopes")))) {
                problems.invalid("spec.scopes", shown(spec), Values.IMMUTABLE);
            }
        }
    }

    /** Requests may well be over limits, but hardly on purpose. */
    private static void warnings(Problems problems, Obj hard) {
        Map<String, Quantity> amounts = Resources.amounts(hard);
        for (String name : List.of("cpu", "memory", "storage", "ephemeral-storage")) {
            String request = "requests." + name;
            if (!amounts.containsKey(request) && (name.equals("cpu") || name.equals("memory"))) {
                request = name;
            }
            Quantity asked = amounts.get(request);
            Quantity limit = amounts.get("limits." + name);
            if (asked != null && limit != null && asked.compareTo(limit) > 0) {
                problems.warn("ResourceQuota " + request + " (" + asked + ") should be less than limits." + name + " ("
                        + limit + ")");
            }
        }
    }

    static void status(Obj now, Obj before, Problems problems) {
        amounts(problems, "status.hard", now.obj("status.hard"));
        amounts(problems, "status.used", now.obj("status.used"));
    }

    private static JsonNode shown(Obj spec) {
        return spec.at("scopes");
    }

    private static void amounts(Problems problems, String path, Obj amounts) {
        for (Map.Entry<String, Quantity> each : new TreeMap<>(Resources.amounts(amounts)).entrySet()) {
            String at = path + "[" + each.getKey() + "]";
            Resources.name(problems, at, each.getKey());
            if (each.getKey().indexOf('/') < 0 && !Resources.quota(each.getKey())) {
                problems.invalid(at, each.getKey(), "must be a standard resource for quota");
            }
            Resources.amount(problems, at, each.getKey(), each.getValue());
        }
    }

    private static boolean fits(String scope, String resource) {
        Set<String> resources = SCOPES.get(scope);
        return !Resources.quota(resource) || resources == null || resources.contains(resource);
    }

    private static void scopes(Problems problems, Obj spec) {
        String path = "spec.scopes";
        for (String scope : spec.texts("scopes")) {
            if (!SCOPES.containsKey(scope)) {
                problems.invalid(path, shown(spec), "unsupported scope");
            }
            for (String resource : new TreeSet<>(spec.map("hard").keySet())) {
                if (!fits(scope, resource)) {
                    problems.invalid(path, shown(spec), "unsupported scope applied to resource");
                }
            }
        }
        conflicts(problems, path, new HashSet<>(spec.texts("scopes")), spec);
    }

    private static void conflicts(Problems problems, String path, Set<String> scopes, Obj spec) {
        for (List<String> pair : CONFLICTS) {
            if (scopes.containsAll(pair)) {
                problems.invalid(path, spec.has("scopes") ? shown(spec) : null, "conflicting scopes");
            }
        }
    }

    private static void selector(Problems problems, String path, Obj spec) {
        Set<String> scopes = new HashSet<>();
        for (Obj each : spec.list("scopeSelector.matchExpressions")) {
            String scope = each.text("scopeName");
            String operator = each.text("operator");
            scopes.add(scope);
            if (!SCOPES.containsKey(scope)) {
                problems.invalid(path + ".scopeName", scope, "unsupported scope");
            }
            for (String resource : new TreeSet<>(spec.map("hard").keySet())) {
                if (!fits(scope, resource)) {
                    problems.invalid(
                            path,
                            GoStructs.of("ScopeSelector", spec.obj("scopeSelector")),
                            "unsupported scope applied to resource");
                }
            }
            boolean pods = SCOPES.containsKey(scope)
                    && !scope.equals("PriorityClass")
                    && !scope.equals("VolumeAttributesClass");
            if (pods && !operator.equals("Exists")) {
                problems.invalid(
                        path + ".operator",
                        operator,
                        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                                + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                                + " ResourceQuotaScopeNotBestEffort or"
                                + " ResourceQuotaScopeCrossNamespacePodAffinity");
            }
            boolean none = each.texts("values").isEmpty();
            switch (operator) {
                case "In", "NotIn" -> {
                    if (none) {
                        problems.required(
                                path + ".values",
                                "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (!none) {
                        problems.invalid(
                                path + ".values",
                                each.at("values"),
                                "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                    }
                }
                default -> problems.invalid(path + ".operator", operator, "not a valid selector operator");
            }
        }
        conflicts(problems, path, scopes, spec);
    }

    /** LimitRange: the rules of each of its limits. */
    static void limitRange(Obj now, Obj before, Problems problems) {
        Set<String> types = new HashSet<>();
        List<Obj> limits = now.list("spec.limits");
        for (int i = 0; i < limits.size(); i++) {
            String path = "spec.limits[" + i + "]";
            String type = limits.get(i).text("type");
            List<String> faults = Names.qualified(type);
            Values.named(problems, path + ".type", type, faults);
            boolean standard =
                    List.of("Pod", "Container", "PersistentVolumeClaim").contains(type);
            if (faults.isEmpty() && type.indexOf('/') < 0 && !standard) {
                problems.invalid(path + ".type", type, "must be a standard limit type or fully qualified");
            }
            if (!types.add(type)) {
                problems.duplicate(path + ".type", type);
            }
            LimitRules.check(problems, path, limits.get(i), type);
        }
    }
}
