package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of node affinity, pod affinity and topology spread. */
public final class AffinityRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityRules() {}

    static void affinity(Problems problems, String path, Obj affinity) {
        if (affinity.has("nodeAffinity")) {
            node(problems, path + ".nodeAffinity", affinity.obj("nodeAffinity"));
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Obj own = affinity.obj(kind);
            List<Obj> required = own.list(REQUIRED);
            for (int i = 0; i < required.size(); i++) {
                term(problems, path + "." + kind + "." + REQUIRED + "[" + i + "]", required.get(i));
            }
            List<Obj> preferred = own.list(PREFERRED);
            for (int i = 0; i < preferred.size(); i++) {
                String at = path + "." + kind + "." + PREFERRED + "[" + i + "]";
                weight(problems, at, preferred.get(i));
                term(problems, at + ".podAffinityTerm", preferred.get(i).obj("podAffinityTerm"));
            }
        }
    }

    private static void weight(Problems problems, String path, Obj weighted) {
        long weight = weighted.number("weight");
        if (weight <= 0 || weight > 100) {
            problems.invalid(path + ".weight", weight, "must be in the range 1-100");
        }
    }

    private static void node(Problems problems, String path, Obj affinity) {
        if (affinity.has(REQUIRED)) {
            nodeSelector(problems, path + "." + REQUIRED, affinity.obj(REQUIRED), true);
        }
        List<Obj> preferred = affinity.list(PREFERRED);
        for (int i = 0; i < preferred.size(); i++) {
            String at = path + "." + PREFERRED + "[" + i + "]";
            weight(problems, at, preferred.get(i));
            nodeTerm(problems, at + ".preference", preferred.get(i).obj("preference"), false);
        }
    }

    /** A node selector; {@code values}: its values must be fit for labels. */
    public static void nodeSelector(Problems problems, String path, Obj selector, boolean values) {
        List<Obj> terms = selector.list("nodeSelectorTerms");
        if (terms.isEmpty()) {
            problems.required(path + ".nodeSelectorTerms", "must have at least one node selector term");
        }
        for (int i = 0; i < terms.size(); i++) {
            nodeTerm(problems, path + ".nodeSelectorTerms[" + i + "]", terms.get(i), values);
        }
    }

    private static void nodeTerm(Problems problems, String path, Obj term, boolean checkValues) {
        List<Obj> expressions = term.list("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            expression(problems, path + ".matchExpressions[" + i + "]", expressions.get(i), checkValues);
        }
        List<Obj> fields = term.list("matchFields");
        for (int i = 0; i < fields.size(); i++) {
            field(problems, path + ".matchFields[" + i + "]", fields.get(i));
        }
    }

    private static void expression(Problems problems, String path, Obj each, boolean checkValues) {
        List<String> values = each.texts("values");
        switch (each.text("operator")) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    problems.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    problems.forbidden(
                            path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.size() != 1) {
                    problems.required(
                            path + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> problems.invalid(path + ".operator", each.text("operator"), "not a valid selector operator");
        }
        Values.named(problems, path + ".key", each.text("key"), Names.qualified(each.text("key")));
        for (int i = 0; checkValues && i < values.size(); i++) {
            Values.named(problems, path + ".values[" + i + "]", values.get(i), Names.labelValue(values.get(i)));
        }
    }

    private static void field(Problems problems, String path, Obj each) {
        List<String> values = each.texts("values");
        String operator = each.text("operator");
        if (operator.equals("In") || operator.equals("NotIn")) {
            if (values.size() != 1) {
                problems.required(
                        path + ".values",
                        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
            }
        } else {
            problems.invalid(path + ".operator", operator, "not a valid selector operator");
        }
        if (!each.text("key").equals("metadata.name")) {
            problems.invalid(path + ".key", each.text("key"), "not a valid field selector key");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            Values.named(problems, path + ".values[" + i + "]", values.get(i), Names.subdomain(values.get(i)));
        }
    }

    private static void term(Problems problems, String path, Obj term) {
        Selectors.check(problems, path + ".labelSelector", term.obj("labelSelector"));
        Selectors.check(problems, path + ".namespaceSelector", term.obj("namespaceSelector"));
        for (String namespace : term.texts("namespaces")) {
            Values.named(problems, path + ".namespace", namespace, Names.label(namespace));
        }
        labelKeys(problems, path, term);
        if (term.text("topologyKey").isEmpty()) {
            problems.required(path + ".topologyKey", "can not be empty");
        }
        Values.named(
                problems, path + ".topologyKey", term.text("topologyKey"), Names.qualified(term.text("topologyKey")));
    }

    private static void labelKeys(Problems problems, String path, Obj term) {
        boolean selector = term.has("labelSelector");
        List<String> matching = term.texts("matchLabelKeys");
        for (String list : List.of("matchLabelKeys", "mismatchLabelKeys")) {
            List<String> keys = term.texts(list);
            if (!keys.isEmpty() && !selector) {
                problems.forbidden(path + "." + list, "must not be specified when labelSelector is not set");
                continue;
            }
            for (int i = 0; i < keys.size(); i++) {
                Values.named(problems, path + "." + list + "[" + i + "]", keys.get(i), Names.qualified(keys.get(i)));
            }
        }
        Set<String> asked = new HashSet<>(term.map("labelSelector.matchLabels").keySet());
        for (Obj each : term.list("labelSelector.matchExpressions")) {
            String key = each.text("key");
            int index = matching.lastIndexOf(key);
            if (index >= 0 && asked.contains(key)) {
                problems.invalid(path + "[" + index + "]", key, "exists in both matchLabelKeys and labelSelector");
            }
            asked.add(key);
        }
        List<String> mismatching = term.texts("mismatchLabelKeys");
        for (int i = 0; i < matching.size(); i++) {
            if (mismatching.contains(matching.get(i))) {
                problems.invalid(
                        path + ".matchLabelKeys[" + i + "]",
                        matching.get(i),
                        "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    static void spread(Problems problems, String path, List<Obj> constraints) {
        for (int i = 0; i < constraints.size(); i++) {
            String at = path + "[" + i + "]";
            Obj each = constraints.get(i);
            String action = each.text("whenUnsatisfiable");
            String key = each.text("topologyKey");
            Values.positive(problems, at + ".maxSkew", each.number("maxSkew"));
            if (key.isEmpty()) {
                problems.required(at + ".topologyKey", "can not be empty");
            }
            Values.supported(problems, at + ".whenUnsatisfiable", action, "DoNotSchedule", "ScheduleAnyway");
            for (Obj other : constraints.subList(i + 1, constraints.size())) {
                if (other.text("topologyKey").equals(key)
                        && other.text("whenUnsatisfiable").equals(action)) {
                    problems.duplicate(at + ".{topologyKey, whenUnsatisfiable}", "{" + key + ", " + action + "}");
                    break;
                }
            }
            if (each.has("minDomains")) {
                Values.positive(problems, at + ".minDomains", each.number("minDomains"));
                if (!action.equals("DoNotSchedule")) {
                    problems.invalid(
                            at + ".minDomains",
                            each.number("minDomains"),
                            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
                }
            }
            for (String policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
                if (each.has(policy)) {
                    Values.supported(problems, at + "." + policy, each.text(policy), "Honor", "Ignore");
                }
            }
            labelKeys(problems, at, each);
            Selectors.check(problems, at + ".labelSelector", each.obj("labelSelector"));
        }
    }

    /** Tolerations of a pod. */
    public static void tolerations(Problems problems, String path, List<Obj> tolerations) {
        for (int i = 0; i < tolerations.size(); i++) {
            toleration(problems, path + "[" + i + "]", tolerations.get(i));
        }
    }

    private static void toleration(Problems problems, String path, Obj each) {
        String key = each.text("key");
        String operator = each.text("operator");
        String effect = each.text("effect");
        String value = each.text("value");
        if (!key.isEmpty()) {
            Values.named(problems, path + ".key", key, Names.qualified(key));
        }
        if (key.isEmpty() && !operator.equals("Exists")) {
            problems.invalid(
                    path + ".operator",
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (each.has("tolerationSeconds") && !effect.equals("NoExecute")) {
            problems.invalid(path + ".effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator) {
            case "Equal", "" -> {
                List<String> faults = Names.labelValue(value);
                if (!faults.isEmpty()) {
                    problems.invalid(path + ".operator", value, String.join(";", faults));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    problems.invalid(path + ".operator", value, "value must be empty when `operator` is 'Exists'");
                }
            }
            case "Lt", "Gt" ->
                problems.notSupported(path + ".operator", operator, List.of("Equal", "Exists", "Lt", "Gt"));
            default -> problems.notSupported(path + ".operator", operator, List.of("Equal", "Exists"));
        }
        if (!effect.isEmpty()) {
            taintEffect(problems, path + ".effect", effect);
        }
    }

    /** The effect of a taint or toleration. */
    public static void taintEffect(Problems problems, String path, String effect) {
        Values.supported(problems, path, effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
    }
}
