package dev.kubejar.client;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which labels a workload, a budget or an affinity term means: a metav1.LabelSelector, a plain map of labels, or a node
 * selector's expressions with Gt and Lt.
 */
public final class Selector {
    private static final Selector NOTHING = new Selector(null);

    private record Rule(String key, String operator, List<String> values) {
        boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                case "Gt" -> value != null && compared(value) > 0;
                case "Lt" -> value != null && compared(value) < 0;
                default -> false;
            };
        }

        private int compared(String value) {
            try {
                return Long.compare(Long.parseLong(value), Long.parseLong(values.get(0)));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                return 0;
            }
        }

        String text() {
            String set = "(" + String.join(",", values.stream().sorted().toList()) + ")";
            return switch (operator) {
                case "In" -> values.size() == 1 ? key + "=" + values.get(0) : key + " in " + set;
                case "NotIn" -> key + " notin " + set;
                case "Exists" -> key;
                case "DoesNotExist" -> "!" + key;
                case "Gt" -> key + ">" + values.get(0);
                default -> key + "<" + values.get(0);
            };
        }
    }

    private final List<Rule> rules;

    private Selector(List<Rule> rules) {
        this.rules = rules;
    }

    /** A metav1.LabelSelector; an absent one (empty object that is frozen or not) selects everything. */
    public static Selector of(Obj selector) {
        List<Rule> rules = new ArrayList<>(equalities(selector.map("matchLabels")));
        rules.addAll(expressions(selector.list("matchExpressions")));
        return new Selector(rules);
    }

    /** The selector at a path; nothing where the field is absent, as in metav1.LabelSelectorAsSelector. */
    public static Selector at(Obj object, String path) {
        return object.has(path) ? of(object.obj(path)) : NOTHING;
    }

    /** Labels that must all be there with these values. */
    public static Selector of(Map<String, String> labels) {
        return new Selector(equalities(labels));
    }

    /** Expressions of a node selector term or a label selector, all of which must hold. */
    public static Selector ofExpressions(List<Obj> expressions) {
        return new Selector(expressions(expressions));
    }

    private static List<Rule> equalities(Map<String, String> labels) {
        List<Rule> rules = new ArrayList<>();
        new TreeMap<>(labels).forEach((key, value) -> rules.add(new Rule(key, "In", List.of(value))));
        return rules;
    }

    private static List<Rule> expressions(List<Obj> expressions) {
        List<Rule> rules = new ArrayList<>();
        for (Obj one : expressions) {
            rules.add(new Rule(one.text("key"), one.text("operator"), one.texts("values")));
        }
        return rules;
    }

    public boolean matches(Map<String, String> labels) {
        if (rules == null) {
            return false;
        }
        for (Rule rule : rules) {
            if (!rule.holds(labels)) {
                return false;
            }
        }
        return true;
    }

    public boolean matches(Obj object) {
        return matches(object.labels());
    }

    /** Whether it asks for no label at all, and so selects everything. */
    public boolean isEmpty() {
        return rules != null && rules.isEmpty();
    }

    /** Whether it selects nothing, because it is absent. */
    public boolean isNothing() {
        return rules == null;
    }

    /** As a list request's label selector and as status.selector has it: {@code app=web,tier in (a,b)}. */
    public String text() {
        if (rules == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        rules.stream().sorted((a, b) -> a.key().compareTo(b.key())).forEach(rule -> parts.add(rule.text()));
        return String.join(",", parts);
    }
}
