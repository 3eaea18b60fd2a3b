package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Program;
import dev.kubejar.cel.Shape;
import dev.kubejar.cel.Type;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.custom.Rules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A schema as the scope of CEL rules: what they can mean, what they may cost, and how often they can be run. */
final class RuleScope {
    private static final long RULE_LIMIT = 10_000_000;
    private static final long TOTAL_LIMIT = 100_000_000;
    private static final long REQUEST = 3 * 1024 * 1024;

    /** An expression that takes a good part of what all may cost. */
    private record Expensive(String path, long cost) {}

    /** What all rules of a definition's schema can cost. */
    private static final class Total {
        private long cost;
        private final List<Expensive> most = new ArrayList<>();

        void add(String path, long more) {
            cost = cost > Long.MAX_VALUE - more ? Long.MAX_VALUE : cost + more;
            if (more >= TOTAL_LIMIT / 100) {
                most.add(new Expensive(path, more));
                most.sort(Comparator.comparingLong((Expensive each) -> -each.cost));
                if (most.size() > 4) {
                    most.remove(4);
                }
            }
        }
    }

    private final JsonNode schema;
    private final boolean resource;
    /** How often the schema can apply at most; null for no bound. */
    private final Long times;

    private final Total total;

    private RuleScope(JsonNode schema, boolean resource, Long times, Total total) {
        this.schema = schema;
        this.resource = resource;
        this.times = times;
        this.total = total;
    }

    static RuleScope root(JsonNode schema) {
        return new RuleScope(schema, true, 1L, new Total());
    }

    RuleScope property(JsonNode property, String name) {
        return child(property);
    }

    RuleScope values(JsonNode values) {
        return child(values);
    }

    RuleScope items(JsonNode items) {
        return child(items);
    }

    private RuleScope child(JsonNode node) {
        JsonNode inner = InternalForm.schema(node);
        Long most = elements();
        Long next = times == null || most == null ? null : Long.valueOf(product(times, most));
        return new RuleScope(inner, inner.path("x-kubernetes-embedded-resource").asBoolean(), next, total);
    }

    /** By how much the schema multiplies what is inside it; null for no bound. */
    private Long elements() {
        String bound =
                switch (Schemas.text(schema, "type")) {
                    case "array" -> "maxItems";
                    case "object" -> Schemas.told(schema, "additionalProperties") ? "maxProperties" : "";
                    default -> "";
                };
        if (bound.isEmpty()) {
            return 1L;
        }
        return Schemas.told(schema, bound) ? Math.max(0, schema.get(bound).asLong()) : null;
    }

    private static long product(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    /** Compiles all rules of the schema. */
    void compile(JsonNode node, String path, String uncorrelatable, boolean ignoreCosts, Problems problems) {
        Shape shape = Shape.of(schema, resource, "selfType");
        String list = path + "." + ValidationRules.FIELD;
        if (shape == null) {
            problems.internal(
                    list,
                    "internal error: failed to construct type information for x-kubernetes-validations rules: unable to"
                            + " convert structural schema to CEL declarations");
            return;
        }
        JsonNode rules = node.path(ValidationRules.FIELD);
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), shape, list + "[" + i + "]", uncorrelatable, ignoreCosts, problems);
        }
    }

    private void rule(
            JsonNode rule, Shape shape, String path, String uncorrelatable, boolean ignoreCosts, Problems problems) {
        String text = Schemas.text(rule, "rule");
        boolean optional = rule.path("optionalOldSelf").asBoolean();
        Program program = null;
        String fault = null;
        try {
            program = Rules.compile(text, shape, optional);
            fault = program.type() == Type.BOOL ? null : "cel expression must evaluate to a bool";
        } catch (CelError e) {
            fault = "compilation failed: " + e.getMessage();
        }
        long cost = fault == null ? product(program.most(shape), often(shape)) : 0;
        if (!ignoreCosts && cost > RULE_LIMIT) {
            problems.forbidden(path + ".rule", over("estimated rule cost", cost, RULE_LIMIT));
        }
        total.add(path + ".rule", cost);
        JsonNode shown = GoStructs.of("ValidationRule", Obj.of(rule.deepCopy()));
        if (fault != null) {
            problems.invalid(path + ".rule", shown, fault);
        } else {
            message(rule, shown, shape, optional, path + ".messageExpression", ignoreCosts, problems);
        }
        if (fault == null && program.uses("oldSelf")) {
            if (uncorrelatable != null) {
                problems.invalid(
                        path + ".rule",
                        text,
                        "oldSelf cannot be used on the uncorrelatable portion of the schema within " + uncorrelatable);
            }
        } else if (Schemas.told(rule, "optionalOldSelf")) {
            problems.invalid(path + ".optionalOldSelf", optional, "may not be set if oldSelf is not used in rule");
        }
    }

    private long often(Shape shape) {
        return times != null ? times : REQUEST / (shape.least() + 1);
    }

    private void message(
            JsonNode rule,
            JsonNode shown,
            Shape shape,
            boolean optional,
            String path,
            boolean ignoreCosts,
            Problems problems) {
        String text = Schemas.text(rule, "messageExpression");
        if (text.isEmpty()) {
            return;
        }
        try {
            Program program = Rules.compile(text, shape, optional);
            if (program.type() != Type.STRING) {
                problems.invalid(path, shown, "messageExpression must evaluate to a string");
                return;
            }
            long cost = program.most(shape);
            if (!ignoreCosts && cost > RULE_LIMIT) {
                problems.forbidden(path, over("estimated messageExpression cost", cost, RULE_LIMIT));
            }
            total.add(path, cost);
        } catch (CelError e) {
            problems.invalid(path, shown, "messageExpression compilation failed: " + e.getMessage());
        }
    }

    /** Tells of rules that are too much together. */
    void total(String path, Problems problems) {
        if (total.cost <= TOTAL_LIMIT) {
            return;
        }
        for (Expensive each : total.most) {
            problems.forbidden(
                    each.path,
                    "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema");
        }
        problems.forbidden(
                path,
                over(
                        "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                        total.cost,
                        TOTAL_LIMIT));
    }

    private static String over(String what, long cost, long limit) {
        double factor = (double) cost / limit;
        BigDecimal exact = BigDecimal.valueOf(factor);
        String times = factor > 100
                ? "more than 100x"
                : exact.setScale(factor < 1.5 ? 6 : 1, RoundingMode.HALF_EVEN).toPlainString() + "x";
        return what + " exceeds budget by factor of " + times
                + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and"
                + " strings are declared)";
    }
}
