package dev.kubejar.cel;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An expression that has been read and checked. */
public final class Program {
    /** What one evaluation of one expression may cost. */
    public static final long CALL_LIMIT = 1_000_000;

    /** The value, and what it has cost to find it. */
    public record Result(Object value, long cost, CelError error) {
        public boolean holds() {
            return Boolean.TRUE.equals(value);
        }
    }

    private final Expr expr;

    private Program(Expr expr) {
        this.expr = expr;
    }

    /** Reads and checks. @throws CelError with all faults, drawn over the text */
    public static Program compile(String text, Map<String, Type> variables) {
        return compile(text, variables, Map.of());
    }

    /** The same with structures that the expression may make, by their names. */
    public static Program compile(String text, Map<String, Type> variables, Map<String, Type> structs) {
        Faults faults = new Faults(text);
        Expr expr = Parser.parse(text, faults);
        if (expr != null) {
            Checker.check(expr, variables, structs, faults);
            if (faults.isEmpty()) {
                Literals.check(expr, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new CelError(faults.text());
        }
        return new Program(expr);
    }

    public Type type() {
        return expr.type;
    }

    /** Whether the expression names a variable. */
    public boolean uses(String variable) {
        return Literals.uses(expr, variable);
    }

    /** The most that an evaluation can cost over a value of this shape. */
    public long most(Shape root) {
        return Costs.most(expr, root);
    }

    /** Evaluates; never throws {@link CelError} but tells it. */
    public Result run(Function<String, Object> variables) {
        return run(variables, CALL_LIMIT);
    }

    Result run(Function<String, Object> variables, long limit) {
        Evaluator evaluator = new Evaluator(variables, limit);
        try {
            return new Result(evaluator.eval(expr), evaluator.cost(), null);
        } catch (CelError e) {
            return new Result(null, evaluator.cost(), e);
        } catch (StackOverflowError e) {
            return new Result(null, evaluator.cost(), new CelError("evaluation is nested too deeply"));
        }
    }

    /** A structure that an evaluation made, as its fields by their property names; or any other JSON. */
    public static com.fasterxml.jackson.databind.JsonNode json(Object value) {
        return Values.json(value);
    }

    /** Notes structures of a mutation whose type's name is not the path to them: {@code Object.spec}. */
    public static void misnamed(Object value, String path, List<String> faults) {
        if (value instanceof Struct struct) {
            if (!struct.type().name().equals(path)) {
                faults.add("unexpected type name \"" + struct.type().name() + "\", expected \"" + path
                        + "\", which matches field name path from root Object type");
            }
            struct.fields().forEach((name, each) -> misnamed(each, path + "." + name, faults));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> misnamed(each, path, faults));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> misnamed(each, path, faults));
        }
    }

    /** The same of what one operation of a JSON patch sets. */
    public static void misnamedPatch(Object operation, List<String> faults) {
        if (operation instanceof Struct struct && struct.fields().get("value") instanceof Struct value) {
            misnamed(value, value.type().name(), faults);
        }
    }

    /** The value of an optional, null for none. */
    public static Object some(Object value) {
        return value == null ? Optionals.NONE : new Optionals(value);
    }

    /** Whether this is the null of expressions. */
    public static boolean isNull(Object value) {
        return value == Null.VALUE;
    }

    /** The authorizer as a variable. */
    public static Object authorizer(Access access) {
        return AuthorizerLibrary.of(access);
    }

    /** The same about one resource, as {@code authorizer.requestResource} is. */
    public static Object authorizer(Access access, Access.Question question) {
        return AuthorizerLibrary.of(access, question);
    }
}
