package dev.kubejar.admission;

import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Program;
import dev.kubejar.cel.Type;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.policy.PolicyEnvironment;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A policy's compiled expressions, and their evaluation within a budget for one request. */
final class PolicyProgram {
    private static final long BUDGET = 10_000_000;
    private static final long CONDITIONS_BUDGET = 2_500_000;
    private static final String EXHAUSTED =
            "validation failed due to running out of cost budget, no further validation rules will be run";

    /** An expression with its program, or with what is wrong with it. */
    record Compiled(String text, Program program, String fault) {}

    /** What the match conditions say: whether the policy is for the request, or why that cannot be told. */
    record Match(boolean matches, String error) {}

    /** One evaluation's value, or its error. */
    record Answer(Object value, String error) {}

    private final Map<String, Compiled> variables = new LinkedHashMap<>();
    private final List<Compiled> conditions = new ArrayList<>();
    private final boolean params;
    private final boolean ignoresFailure;

    /** Of a policy's spec, or of a webhook. */
    PolicyProgram(Obj spec) {
        params = spec.has("paramKind");
        ignoresFailure = spec.text("failurePolicy").equals("Ignore");
        for (Obj each : spec.list("matchConditions")) {
            conditions.add(compile(PolicyEnvironment.of(params, true), each.text("expression"), Type.BOOL));
        }
        Map<String, Type> types = PolicyEnvironment.noVariables();
        for (Obj each : spec.list("variables")) {
            Compiled variable = compile(PolicyEnvironment.of(params, true).composed(types), each.text("expression"));
            types.put(each.text("name"), variable.program == null ? Type.DYN : variable.program.type());
            variables.put(each.text("name"), variable);
        }
    }

    boolean ignoresFailure() {
        return ignoresFailure;
    }

    private Map<String, Type> types() {
        Map<String, Type> types = PolicyEnvironment.noVariables();
        variables.forEach((name, each) -> types.put(name, each.program == null ? Type.DYN : each.program.type()));
        return types;
    }

    private static Compiled compile(PolicyEnvironment environment, String text, Type... types) {
        try {
            return new Compiled(text, environment.compile(text, types), null);
        } catch (CelError e) {
            return new Compiled(text, null, e.getMessage());
        }
    }

    /** An expression of a validation, a message or an annotation. */
    Compiled expression(String text, boolean authorizer, Type... types) {
        return compile(PolicyEnvironment.of(params, authorizer).composed(types()), text, types);
    }

    /** An expression that makes a patch. */
    Compiled patch(String text, Type type) {
        return compile(PolicyEnvironment.ofPatches(params).composed(types()), text, type);
    }

    /** Evaluates the match conditions. */
    Match match(ExpressionInputs inputs) {
        Run run = new Run(inputs, CONDITIONS_BUDGET);
        List<String> errors = new ArrayList<>();
        for (Compiled each : conditions) {
            Answer answer = run.eval(each);
            if (run.spent()) {
                return ignoresFailure ? new Match(false, null) : new Match(false, answer.error);
            }
            if (answer.error != null) {
                errors.add(answer.error);
            } else if (!Boolean.TRUE.equals(answer.value)) {
                return new Match(false, null);
            }
        }
        if (errors.isEmpty()) {
            return new Match(true, null);
        }
        String all = errors.size() == 1 ? errors.get(0) : "[" + String.join(", ", errors) + "]";
        return new Match(false, ignoresFailure ? null : all);
    }

    /** Starts evaluations for one request. */
    Run run(ExpressionInputs inputs) {
        return new Run(inputs, BUDGET);
    }

    /** Evaluations for one request; each variable is evaluated at most once. */
    final class Run {
        private final ExpressionInputs inputs;
        private final Map<String, Object> found = new HashMap<>();
        private final Map<String, Object> lazy = new Variables();
        private long left;

        private Run(ExpressionInputs inputs, long budget) {
            this.inputs = inputs;
            left = budget;
        }

        boolean spent() {
            return left < 0;
        }

        /** Forgets the values of variables: the object has changed. */
        void renew() {
            found.clear();
        }

        Answer eval(Compiled expression) {
            if (expression.fault != null) {
                return new Answer(null, "compilation error: " + expression.fault);
            }
            Program.Result result = expression.program.run(name -> name.equals("variables") ? lazy : inputs.find(name));
            left -= result.cost();
            if (left < 0) {
                return new Answer(null, EXHAUSTED);
            }
            if (result.error() != null) {
                return new Answer(
                        null,
                        "expression '" + expression.text + "' resulted in error: "
                                + result.error().getMessage());
            }
            return new Answer(result.value(), null);
        }

        /** The variables as expressions see them. */
        private final class Variables extends AbstractMap<String, Object> {
            @Override
            public Object get(Object name) {
                if (found.containsKey(name)) {
                    return found.get(name);
                }
                Compiled variable = variables.get(name);
                if (variable == null) {
                    return null;
                }
                if (variable.fault != null) {
                    throw new CelError("composited variable \"" + name + "\" fails to compile: " + variable.fault);
                }
                Program.Result result =
                        variable.program.run(each -> each.equals("variables") ? lazy : inputs.find(each));
                left -= result.cost();
                if (result.error() != null) {
                    throw new CelError("composited variable \"" + name + "\" fails to evaluate: "
                            + result.error().getMessage());
                }
                found.put((String) name, result.value());
                return result.value();
            }

            @Override
            public boolean containsKey(Object name) {
                return variables.containsKey(name);
            }

            @Override
            public Set<Entry<String, Object>> entrySet() {
                return Set.of();
            }
        }
    }
}
