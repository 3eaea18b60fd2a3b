package dev.kubejar.kinds.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of label selectors and labels. */
public final class Selectors {
    private Selectors() {}

    /** A label selector; an absent one is right. */
    public static void check(Problems problems, String path, Obj selector) {
        labels(problems, path + ".matchLabels", selector.map("matchLabels"));
        List<Obj> expressions = selector.list("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            expression(problems, path + ".matchExpressions[" + i + "]", expressions.get(i));
        }
    }

    private static void expression(Problems problems, String path, Obj each) {
        List<String> values = each.texts("values");
        String operator = each.text("operator");
        switch (operator) {
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
            default -> problems.invalid(path + ".operator", operator, "not a valid selector operator");
        }
        String key = each.text("key");
        Values.named(problems, path + ".key", key, Names.qualified(key));
        for (int i = 0; i < values.size(); i++) {
            Values.named(problems, path + ".values[" + i + "]", values.get(i), Names.labelValue(values.get(i)));
        }
    }

    /** Labels; faults of keys and values both stand at the map. */
    public static void labels(Problems problems, String path, Map<String, String> labels) {
        new TreeMap<>(labels).forEach((key, value) -> {
            Values.named(problems, path, key, Names.qualified(key));
            Values.named(problems, path, value, Names.labelValue(value));
        });
    }

    /** Whether labels satisfy a selector; an empty one matches all. */
    public static boolean matches(Obj selector, Map<String, String> labels) {
        for (Map.Entry<String, String> each : selector.map("matchLabels").entrySet()) {
            if (!each.getValue().equals(labels.get(each.getKey()))) {
                return false;
            }
        }
        for (Obj each : selector.list("matchExpressions")) {
            String value = labels.get(each.text("key"));
            boolean in = value != null && each.texts("values").contains(value);
            boolean right =
                    switch (each.text("operator")) {
                        case "In" -> in;
                        case "NotIn" -> !in;
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        default -> false;
                    };
            if (!right) {
                return false;
            }
        }
        return true;
    }

    /** Whether a selector asks for nothing. */
    public static boolean isEmpty(Obj selector) {
        return selector.map("matchLabels").isEmpty()
                && selector.list("matchExpressions").isEmpty();
    }

    /** A selector as messages show it: empty parts left out, keys and operators always told; null where absent. */
    public static JsonNode shown(Obj owner, String path) {
        if (!owner.has(path)) {
            return NullNode.getInstance();
        }
        Obj selector = owner.obj(path);
        Obj shown = Obj.create();
        if (!selector.map("matchLabels").isEmpty()) {
            shown.set("matchLabels", selector.map("matchLabels"));
        }
        for (Obj each : selector.list("matchExpressions")) {
            Obj expression = Obj.create().set("key", each.text("key")).set("operator", each.text("operator"));
            if (!each.texts("values").isEmpty()) {
                expression.setTexts("values", each.texts("values"));
            }
            shown.add("matchExpressions", expression);
        }
        return shown.node();
    }

    /** {@code field is immutable} where a selector differs from what it was. */
    public static void immutable(Problems problems, String path, Obj now, Obj before, String field) {
        if (!Values.same(now.at(field), before.at(field))) {
            problems.invalid(path, shown(now, field), Values.IMMUTABLE);
        }
    }
}
