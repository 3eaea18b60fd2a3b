package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Program;
import dev.kubejar.cel.Shape;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks values against the CEL rules of their schema ({@code x-kubernetes-validations}), within a budget for the whole
 * object. Nothing of the language is loaded where a schema has no rules.
 */
public final class RuleCheck {
    private static final String FIELD = "x-kubernetes-validations";
    private static final long BUDGET = 10_000_000;
    private static final int LONGEST_MESSAGE = 5 * 1024;

    private final JsonNode schema;
    private final Shape shape;
    private final RuleCheck items;
    private final RuleCheck values;
    private final Map<String, RuleCheck> properties = new LinkedHashMap<>();
    private List<Rule> rules;

    private RuleCheck(JsonNode schema, Shape shape) {
        this.schema = schema;
        this.shape = shape;
        JsonNode inner = schema.path("items");
        items = hasRules(inner) && shape.element() != null ? new RuleCheck(inner, shape.element()) : null;
        JsonNode others = schema.path("additionalProperties");
        values = hasRules(others) && shape.element() != null ? new RuleCheck(others, shape.element()) : null;
        for (Map.Entry<String, JsonNode> each : GoText.sorted(schema.path("properties"))) {
            Shape field = hasRules(each.getValue()) ? shape.field(each.getKey()) : null;
            if (field != null) {
                properties.put(each.getKey(), new RuleCheck(each.getValue(), field));
            }
        }
    }

    /** The rules of a schema; null where it has none. */
    public static RuleCheck of(JsonNode schema, boolean resource) {
        if (!hasRules(schema)) {
            return null;
        }
        Shape shape = Shape.of(schema, resource, "selfType");
        return shape == null ? null : new RuleCheck(schema, shape);
    }

    /** Whether the schema, or one inside it, has rules. */
    public static boolean hasRules(JsonNode schema) {
        if (!schema.isObject()) {
            return false;
        }
        if (!schema.path(FIELD).isEmpty()
                || hasRules(schema.path("items"))
                || hasRules(schema.path("additionalProperties"))) {
            return true;
        }
        for (JsonNode each : schema.path("properties")) {
            if (hasRules(each)) {
                return true;
            }
        }
        return false;
    }

    /** Checks a value; {@code old} is null where there is none. */
    public void check(JsonNode value, JsonNode old, String path, Problems problems) {
        new Run(problems).visit(this, value, old, old, false, path);
    }

    private synchronized List<Rule> rules() {
        if (rules == null) {
            rules = new ArrayList<>();
            for (JsonNode each : schema.path(FIELD)) {
                rules.add(new Rule(each, shape));
            }
        }
        return rules;
    }

    /** One pass over one value. */
    private static final class Run {
        private final Problems problems;
        private long budget = BUDGET;

        Run(Problems problems) {
            this.problems = problems;
        }

        /**
         * Checks a value and all inside it.
         *
         * @param old what rules call oldSelf
         * @param same the value at the same place before, as far as that can be told
         * @param sameAbove whether the nearest place above that can be told of has not changed
         */
        void visit(RuleCheck node, JsonNode value, JsonNode old, JsonNode same, boolean sameAbove, String path) {
            if (value == null || value.isNull() || budget < 0) {
                return;
            }
            boolean unchanged = same != null ? Same.values(value, same) : sameAbove;
            rules(node, value, old != null && old.isNull() ? null : old, unchanged, path);
            if (value.isArray() && node.items != null) {
                for (int i = 0; i < value.size() && budget >= 0; i++) {
                    JsonNode before = Same.item(node.schema, value.get(i), old);
                    visit(node.items, value.get(i), before, before, unchanged, path + "[" + i + "]");
                }
            } else if (value.isObject()) {
                for (Map.Entry<String, JsonNode> each : GoText.sorted(value)) {
                    JsonNode before = old != null && old.isObject() ? old.get(each.getKey()) : null;
                    RuleCheck inner = node.properties.get(each.getKey());
                    if (node.values != null) {
                        String at = path + "[" + each.getKey() + "]";
                        visit(node.values, each.getValue(), before, before, unchanged, at);
                    } else if (inner != null) {
                        String at = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
                        visit(inner, each.getValue(), before, before, unchanged, at);
                    }
                }
            }
        }

        private void rules(RuleCheck node, JsonNode value, JsonNode old, boolean unchanged, String path) {
            if (node.schema.path(FIELD).isEmpty() || budget < 0) {
                return;
            }
            String type = node.schema.path("type").asText("");
            String at = path.isEmpty() ? "<nil>" : path;
            Object self;
            Object oldSelf;
            try {
                self = node.shape.value(value);
                oldSelf = old == null ? null : node.shape.value(old);
            } catch (CelError e) {
                problems.invalid(at, type, e.getMessage());
                return;
            }
            for (Rule rule : node.rules()) {
                if (budget < 0) {
                    return;
                }
                rule(rule, self, oldSelf, value, type, unchanged, path);
            }
        }

        private void exhausted(String at, String type) {
            problems.invalid(
                    at,
                    type,
                    "validation failed due to running out of cost budget, no further validation rules will be run");
            budget = -1;
        }

        private void rule(
                Rule rule, Object self, Object oldSelf, JsonNode value, String type, boolean unchanged, String path) {
            String at = path.isEmpty() ? "<nil>" : path;
            if (rule.fault != null) {
                problems.invalid(at, type, "rule compile error: " + rule.fault);
                return;
            }
            if (rule.program == null || rule.usesOld && oldSelf == null && !rule.optionalOld) {
                return;
            }
            Object before = rule.optionalOld ? Program.some(oldSelf) : oldSelf;
            Program.Result result =
                    rule.program.run(name -> name.equals("self") ? self : name.equals("oldSelf") ? before : null);
            if (result.error() != null && result.error().exhausted()) {
                problems.invalid(
                        at,
                        type,
                        "'" + result.error().getMessage()
                                + "': no further validation rules will be run due to call cost exceeds limit for rule: "
                                + rule.shown());
                budget = -1;
                return;
            }
            if (result.cost() > budget) {
                exhausted(at, type);
                return;
            }
            budget -= result.cost();
            if (result.error() != null) {
                String why = result.error().getMessage();
                problems.invalid(
                        at,
                        type,
                        why.startsWith("no such overload")
                                ? "'" + why + "': call arguments did not match a supported operator, function or macro"
                                        + " signature for rule: " + rule.shown()
                                : why + " evaluating rule: " + rule.shown());
                return;
            }
            if (!result.holds()) {
                violated(rule, self, oldSelf, value, !rule.usesOld && unchanged, path);
            }
        }

        private void violated(Rule rule, Object self, Object oldSelf, JsonNode value, boolean kept, String path) {
            String full =
                    rule.fieldPath.isEmpty() ? path : path.isEmpty() ? rule.fieldPath : path + "." + rule.fieldPath;
            String at = full.isEmpty() ? "<nil>" : full;
            Problems found = new Problems();
            rule.report(at, value, message(rule, self, oldSelf), found);
            if (kept) {
                found.causes().forEach(each -> problems.warn(each.field() + ": " + each.message()));
            } else {
                found.causes().forEach(each -> problems.add(each.reason(), each.field(), each.message()));
            }
        }

        private String message(Rule rule, Object self, Object oldSelf) {
            if (rule.message != null) {
                Program.Result result =
                        rule.message.run(name -> name.equals("self") ? self : name.equals("oldSelf") ? oldSelf : null);
                budget -= result.cost();
                if (result.value() instanceof String text) {
                    String trimmed = text.strip();
                    if (!trimmed.isEmpty() && trimmed.indexOf('\n') < 0 && trimmed.length() <= LONGEST_MESSAGE) {
                        return trimmed;
                    }
                }
            }
            return rule.json.path("message").asText("").isEmpty() ? "failed rule: " + rule.shown() : rule.shown();
        }
    }

    /** A rule with its expressions. */
    private static final class Rule {
        final JsonNode json;
        final boolean optionalOld;
        final String fieldPath;
        Program program;
        Program message;
        boolean usesOld;
        String fault;

        Rule(JsonNode json, Shape shape) {
            this.json = json;
            optionalOld = json.path("optionalOldSelf").asBoolean();
            String text = json.path("rule").asText("");
            fieldPath = path(json.path("fieldPath").asText(""));
            if (text.isBlank()) {
                return;
            }
            try {
                program = Rules.compile(text, shape, optionalOld);
                usesOld = program.uses("oldSelf");
                String expression = json.path("messageExpression").asText("");
                message = expression.isEmpty() ? null : Rules.compile(expression, shape, optionalOld);
            } catch (CelError e) {
                fault = "compilation failed: " + e.getMessage();
            }
        }

        // Checked with the definition: a dot in front, or brackets with a quoted name.
        private static String path(String text) {
            String path = text.startsWith(".") ? text.substring(1) : text;
            return path.replace("['", "[").replace("']", "]");
        }

        String shown() {
            String message = json.path("message").asText("");
            return (message.isEmpty() ? json.path("rule").asText() : message).strip();
        }

        void report(String at, JsonNode value, String detail, Problems problems) {
            String shown = value.isContainerNode() ? "" : ": " + quoted(value);
            switch (json.path("reason").asText("FieldValueInvalid")) {
                case "FieldValueForbidden" -> problems.forbidden(at, detail);
                case "FieldValueRequired" -> problems.required(at, detail);
                case "FieldValueDuplicate" -> problems.add("FieldValueDuplicate", at, "Duplicate value" + shown);
                default -> problems.add("FieldValueInvalid", at, "Invalid value" + shown + ": " + detail);
            }
        }

        private static String quoted(JsonNode value) {
            return value.isTextual() ? GoText.quoted(value.textValue()) : Json.text(value);
        }
    }
}
