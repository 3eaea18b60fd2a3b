package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Requirements that labels must all meet: {@code app=web,tier in (a,b),!canary}. Read from that form and from the API's
 * {@code matchLabels} and {@code matchExpressions}; errors and the written form are apimachinery's.
 */
public final class LabelSelector {
    /** How a key relates to its values; {@link #symbol} is apimachinery's name of it. */
    public enum Operator {
        IN("in"),
        NOT_IN("notin"),
        EQUALS("="),
        DOUBLE_EQUALS("=="),
        NOT_EQUALS("!="),
        GREATER_THAN("gt"),
        LESS_THAN("lt"),
        EXISTS("exists"),
        DOES_NOT_EXIST("!");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** One condition; {@code values} is sorted where it was read from text. */
    public record Requirement(String key, Operator operator, List<String> values) {

        /** Whether labels meet the condition. */
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN, EQUALS, DOUBLE_EQUALS -> value != null && values.contains(value);
                case NOT_IN, NOT_EQUALS -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case GREATER_THAN, LESS_THAN -> value != null && compares(value);
            };
        }

        private boolean compares(String value) {
            Long have = integer(value);
            Long limit = integer(values.get(0));
            if (have == null || limit == null) {
                return false;
            }
            return operator == Operator.GREATER_THAN ? have > limit : have < limit;
        }

        @Override
        public String toString() {
            String list = values.size() == 1
                    ? values.get(0)
                    : String.join(",", values.stream().sorted().toList());
            return switch (operator) {
                case IN -> key + " in (" + list + ")";
                case NOT_IN -> key + " notin (" + list + ")";
                case EQUALS -> key + "=" + list;
                case DOUBLE_EQUALS -> key + "==" + list;
                case NOT_EQUALS -> key + "!=" + list;
                case GREATER_THAN -> key + ">" + list;
                case LESS_THAN -> key + "<" + list;
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
            };
        }
    }

    /** Matches every object. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);

    /** Matches no object: what an absent selector of the API means. */
    public static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

    private final List<Requirement> requirements;
    private final boolean nothing;

    private LabelSelector(List<Requirement> requirements, boolean nothing) {
        this.requirements = requirements;
        this.nothing = nothing;
    }

    /**
     * Reads the form of {@code -l}.
     *
     * @throws ParseError worded as apimachinery's parser
     */
    public static LabelSelector parse(String text) {
        return sorted(new LabelSelectorParser(text).parse());
    }

    /** The selector of requirements that are known to be valid, ordered by key. */
    public static LabelSelector of(List<Requirement> requirements) {
        return sorted(new ArrayList<>(requirements));
    }

    /** Exactly these labels; every object where there are none. Nothing is validated. */
    public static LabelSelector ofMap(Map<String, String> labels) {
        List<Requirement> list = new ArrayList<>(labels.size());
        for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
            list.add(new Requirement(label.getKey(), Operator.EQUALS, List.of(label.getValue())));
        }
        return new LabelSelector(List.copyOf(list), false);
    }

    /**
     * Reads a metav1.LabelSelector: an absent one matches nothing, an empty one everything.
     *
     * @throws ParseError where an operator, a key or a value is not valid
     */
    public static LabelSelector of(JsonNode selector) {
        if (!selector.isObject()) {
            return NOTHING;
        }
        List<Requirement> list = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
            list.add(requirement(
                    label.getKey(), Operator.EQUALS, List.of(label.getValue().asText("")), ""));
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asText("")));
            String key = expression.path("key").asText("");
            list.add(requirement(key, operator(expression.path("operator").asText("")), values, ""));
        }
        return sorted(list);
    }

    /** Reads the metav1.LabelSelector at a path of an object. */
    public static LabelSelector of(Obj object, String path) {
        return of(object.at(path));
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default -> throw new ParseError(GoText.quoted(name) + " is not a valid label selector operator");
        };
    }

    private static LabelSelector sorted(List<Requirement> list) {
        list.sort(Comparator.comparing(Requirement::key));
        return list.isEmpty() ? EVERYTHING : new LabelSelector(List.copyOf(list), false);
    }

    /** A checked requirement; {@code path} leads the fields that errors name. */
    static Requirement requirement(String key, Operator operator, Collection<String> values, String path) {
        List<String> list = List.copyOf(values);
        List<String> problems = new ArrayList<>(0);
        List<String> keyProblems = LabelSyntax.keyProblems(key);
        if (!keyProblems.isEmpty()) {
            problems.add(invalid(path + "key", GoText.quoted(key), String.join("; ", keyProblems)));
        }
        String shape = shapeProblem(operator, list.size());
        if (!shape.isEmpty()) {
            problems.add(invalid(path + "values", shown(list), shape));
        }
        for (int i = 0; i < list.size(); i++) {
            if (ordered(operator) && integer(list.get(i)) == null) {
                problems.add(invalid(
                        path + "values[" + i + "]",
                        GoText.quoted(list.get(i)),
                        "for 'Gt', 'Lt' operators, the value must be an integer"));
            }
        }
        for (int i = 0; i < list.size(); i++) {
            List<String> wrong = LabelSyntax.valueProblems(list.get(i));
            if (!wrong.isEmpty()) {
                String field = path + "values[" + i + "][" + key + "]";
                problems.add(invalid(field, GoText.quoted(list.get(i)), String.join("; ", wrong)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ParseError(problems.size() == 1 ? problems.get(0) : "[" + String.join(", ", problems) + "]");
        }
        return new Requirement(key, operator, list);
    }

    private static boolean ordered(Operator operator) {
        return operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN;
    }

    private static String shapeProblem(Operator operator, int count) {
        return switch (operator) {
            case IN, NOT_IN -> count == 0 ? "for 'in', 'notin' operators, values set can't be empty" : "";
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS ->
                count != 1 ? "exact-match compatibility requires one single value" : "";
            case EXISTS, DOES_NOT_EXIST -> count != 0 ? "values set must be empty for exists and does not exist" : "";
            case GREATER_THAN, LESS_THAN -> count != 1 ? "for 'Gt', 'Lt' operators, exactly one value is required" : "";
        };
    }

    static String invalid(String field, String value, String why) {
        return field + ": Invalid value: " + value + ": " + why;
    }

    private static String shown(List<String> values) {
        ArrayNode array = Json.array();
        values.forEach(array::add);
        return Json.text(array);
    }

    private static Long integer(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    public List<Requirement> requirements() {
        return requirements;
    }

    /** Whether it matches every object. */
    public boolean isEmpty() {
        return !nothing && requirements.isEmpty();
    }

    /** Whether it matches no object by definition. */
    public boolean isNothing() {
        return nothing;
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return !nothing;
    }

    /** Whether it matches an object's own labels. */
    public boolean matches(Obj object) {
        return nothing || requirements.isEmpty() ? !nothing : matches(object.labels());
    }

    /** The one value that it requires of a label: what an index can look up. */
    public Optional<String> exactMatch(String label) {
        for (Requirement requirement : requirements) {
            if (requirement.key().equals(label)) {
                boolean exact = requirement.operator() == Operator.EQUALS
                        || requirement.operator() == Operator.DOUBLE_EQUALS
                        || requirement.operator() == Operator.IN;
                return exact && requirement.values().size() == 1
                        ? Optional.of(requirement.values().get(0))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** This and further requirements. */
    public LabelSelector and(LabelSelector other) {
        if (nothing || other.nothing) {
            return NOTHING;
        }
        List<Requirement> all = new ArrayList<>(requirements);
        all.addAll(other.requirements);
        return sorted(all);
    }

    /** The API's form: {@code matchLabels} for equality, {@code matchExpressions} for the rest. */
    public ObjectNode toNode() {
        ObjectNode labels = Json.object();
        ArrayNode expressions = Json.array();
        for (Requirement each : requirements) {
            switch (each.operator()) {
                case EQUALS, DOUBLE_EQUALS ->
                    labels.put(each.key(), each.values().get(0));
                case IN -> expression(expressions, each, "In");
                case NOT_IN -> expression(expressions, each, "NotIn");
                case EXISTS -> expression(expressions, each, "Exists");
                case DOES_NOT_EXIST -> expression(expressions, each, "DoesNotExist");
                case GREATER_THAN, LESS_THAN ->
                    throw new ParseError(
                            GoText.quoted(each.operator().symbol()) + " isn't supported in label selectors");
                case NOT_EQUALS -> throw new ParseError("\"!=\" is not a valid label selector operator");
            }
        }
        ObjectNode selector = Json.object();
        if (!labels.isEmpty()) {
            selector.set("matchLabels", labels);
        }
        if (!expressions.isEmpty()) {
            selector.set("matchExpressions", expressions);
        }
        return selector;
    }

    private static void expression(ArrayNode into, Requirement from, String operator) {
        ObjectNode node = into.addObject().put("key", from.key()).put("operator", operator);
        if (!from.values().isEmpty()) {
            ArrayNode values = node.putArray("values");
            new TreeSet<>(from.values()).forEach(values::add);
        }
    }

    /** A metav1.LabelSelector as columns show it: {@code <none>} where it is empty or absent, {@code <error>} where wrong. */
    public static String format(JsonNode selector) {
        try {
            String text = of(selector).toString();
            return text.isEmpty() ? "<none>" : text;
        } catch (ParseError e) {
            return "<error>";
        }
    }

    /** Labels as columns show them: {@code a=b,c=d}, {@code <none>} where there are none. */
    public static String format(Map<String, String> labels) {
        return labels.isEmpty() ? "<none>" : ofMap(labels).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSelector that && nothing == that.nothing && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return requirements.hashCode();
    }

    /** The canonical text, requirements by key. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Requirement requirement : requirements) {
            out.append(out.isEmpty() ? "" : ",").append(requirement);
        }
        return out.toString();
    }
}
