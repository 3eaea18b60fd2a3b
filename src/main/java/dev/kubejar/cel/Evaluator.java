package dev.kubejar.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Evaluates a checked expression and counts what that costs. */
final class Evaluator {
    private final Function<String, Object> variables;
    private final long limit;
    private final Map<String, Object> locals = new HashMap<>();
    private long cost;

    /** {@code variables} gives null for a name without a value; {@code limit} is what one evaluation may cost. */
    Evaluator(Function<String, Object> variables, long limit) {
        this.variables = variables;
        this.limit = limit;
    }

    long cost() {
        return cost;
    }

    private void spend(long units) {
        cost += units;
        if (cost > limit || cost < 0) {
            throw CelError.limit();
        }
    }

    Object eval(Expr expr) {
        return switch (expr.kind) {
            case LITERAL -> expr.literal;
            case IDENT -> ident(expr.name);
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case LIST -> list(expr);
            case MAP -> map(expr);
            case STRUCT -> struct(expr);
            case FOLD -> fold(expr);
        };
    }

    private Object ident(String name) {
        spend(1);
        Object local = locals.get(name);
        if (local != null) {
            return local;
        }
        Object value = variables.apply(name);
        if (value != null) {
            return value;
        }
        Type named = Signatures.nameable(name);
        if (named != null) {
            return named.params().get(0);
        }
        throw new CelError("no such attribute(s): " + name);
    }

    private Object select(Expr expr) {
        if (expr.macro != null) {
            return ident(expr.macro);
        }
        Object operand = eval(expr.target);
        if (expr.test) {
            return present(operand, expr.name);
        }
        spend(1);
        return field(operand, expr.name);
    }

    private static boolean present(Object operand, String name) {
        Object target = operand instanceof Optionals optional ? optional.value() : operand;
        if (target == null) {
            return false;
        }
        return Values.field(target, name) != null;
    }

    private static Object field(Object operand, String name) {
        if (operand instanceof Optionals optional) {
            return optional.has() ? some(Values.field(optional.value(), name)) : operand;
        }
        Object found = Values.field(operand, name);
        if (found == null) {
            throw new CelError("no such key: " + name);
        }
        return found;
    }

    private static Object some(Object value) {
        return value == null ? Optionals.NONE : new Optionals(value);
    }

    private Object call(Expr expr) {
        switch (expr.name) {
            case "_&&_", "_||_" -> {
                return logic(expr, expr.name.equals("_||_"));
            }
            case "_?_:_" -> {
                Object condition = eval(expr.args.get(0));
                if (!(condition instanceof Boolean)) {
                    throw new CelError("no such overload");
                }
                return eval(expr.args.get((Boolean) condition ? 1 : 2));
            }
            case "@not_strictly_false" -> {
                return notStrictlyFalse(expr.args.get(0));
            }
            case "_?._" -> {
                Object operand = eval(expr.args.get(0));
                spend(1);
                return optionalField(operand, (String) expr.args.get(1).literal);
            }
            default -> {}
        }
        List<Object> args = new ArrayList<>();
        boolean member = expr.target != null && expr.macro == null;
        if (expr.name.equals("or") || expr.name.equals("orValue")) {
            return fallback(expr);
        }
        if (member) {
            args.add(eval(expr.target));
        }
        expr.args.forEach(each -> args.add(eval(each)));
        String function = expr.macro != null ? expr.macro : expr.name;
        Object result = Library.call(function, args);
        spend(RuntimeCosts.call(function, args, result));
        return result;
    }

    private static Object optionalField(Object operand, String name) {
        Object target = operand instanceof Optionals optional ? optional.value() : operand;
        return target == null ? Optionals.NONE : some(Values.field(target, name));
    }

    private Object fallback(Expr expr) {
        Object target = eval(expr.target);
        if (!(target instanceof Optionals optional)) {
            throw new CelError("no such overload");
        }
        boolean value = expr.name.equals("orValue");
        if (optional.has()) {
            return value ? optional.value() : optional;
        }
        return eval(expr.args.get(0));
    }

    private Object logic(Expr expr, boolean decisive) {
        CelError fault = null;
        for (Expr each : expr.args) {
            try {
                Object value = eval(each);
                if (!(value instanceof Boolean)) {
                    fault = fault == null ? new CelError("no such overload") : fault;
                } else if ((Boolean) value == decisive) {
                    return decisive;
                }
            } catch (CelError e) {
                if (e.exhausted()) {
                    throw e;
                }
                fault = fault == null ? e : fault;
            }
        }
        if (fault != null) {
            throw fault;
        }
        return !decisive;
    }

    private Object notStrictlyFalse(Expr expr) {
        try {
            return !Boolean.FALSE.equals(eval(expr));
        } catch (CelError e) {
            if (e.exhausted()) {
                throw e;
            }
            return true;
        }
    }

    private Object list(Expr expr) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < expr.args.size(); i++) {
            Object value = eval(expr.args.get(i));
            if (!expr.optionals.get(i)) {
                items.add(value);
            } else if (!(value instanceof Optionals optional)) {
                throw new CelError(
                        "cannot initialize optional list element from non-optional value " + Conversions.text(value));
            } else if (optional.has()) {
                items.add(optional.value());
            }
        }
        spend(10);
        return items;
    }

    private Object map(Expr expr) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < expr.args.size(); i += 2) {
            Object key = eval(expr.args.get(i));
            Object value = eval(expr.args.get(i + 1));
            put(entries, key, value, expr.optionals.get(i / 2));
        }
        spend(30);
        return entries;
    }

    private static <K> void put(Map<K, Object> into, K key, Object value, boolean optional) {
        if (!optional) {
            into.put(key, value);
        } else if (!(value instanceof Optionals some)) {
            throw new CelError("cannot initialize optional entry '" + Conversions.text(key)
                    + "' from non-optional value " + Conversions.text(value));
        } else if (some.has()) {
            into.put(key, some.value());
        }
    }

    private Object struct(Expr expr) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < expr.fields.size(); i++) {
            put(fields, expr.fields.get(i), eval(expr.args.get(i)), expr.optionals.get(i));
        }
        spend(40);
        return new Struct(expr.type == null ? Type.DYN : expr.type, fields);
    }

    private Object fold(Expr expr) {
        Expr.Fold fold = expr.fold;
        Object range = eval(fold.range());
        Object outerFirst = locals.get(fold.first());
        Object outerSecond = fold.second() == null ? null : locals.get(fold.second());
        Object outerAccumulator = locals.get(fold.accumulator());
        Loop loop = new Loop(fold);
        try {
            loop.start();
            if (range instanceof List<?> list) {
                for (int i = 0; i < list.size() && loop.goes(); i++) {
                    loop.step(fold.second() == null ? list.get(i) : (Object) (long) i, list.get(i));
                }
            } else if (range instanceof Map<?, ?> map) {
                for (Map.Entry<?, ?> each : map.entrySet()) {
                    if (!loop.goes()) {
                        break;
                    }
                    loop.step(each.getKey(), each.getValue());
                }
            } else {
                throw new CelError("no such overload");
            }
            return loop.result();
        } finally {
            restore(fold.first(), outerFirst);
            if (fold.second() != null) {
                restore(fold.second(), outerSecond);
            }
            restore(fold.accumulator(), outerAccumulator);
        }
    }

    private void restore(String name, Object value) {
        if (value == null) {
            locals.remove(name);
        } else {
            locals.put(name, value);
        }
    }

    /** A loop; a fault of one step is the accumulated value until another step decides. */
    private final class Loop {
        private final Expr.Fold fold;

        Loop(Expr.Fold fold) {
            this.fold = fold;
        }

        void start() {
            locals.put(fold.accumulator(), eval(fold.init()));
        }

        boolean goes() {
            Object value = locals.get(fold.accumulator());
            if (value instanceof Fault) {
                return true;
            }
            return Boolean.TRUE.equals(eval(fold.condition()));
        }

        void step(Object first, Object second) {
            locals.put(fold.first(), first);
            if (fold.second() != null) {
                locals.put(fold.second(), second);
            }
            boolean logic = fold.step().kind == Expr.Kind.CALL
                    && (fold.step().name.equals("_&&_") || fold.step().name.equals("_||_"));
            if (!logic) {
                locals.put(fold.accumulator(), eval(fold.step()));
                return;
            }
            boolean decisive = fold.step().name.equals("_||_");
            Object before = locals.get(fold.accumulator());
            try {
                Object value = eval(fold.step().args.get(1));
                spend(1);
                if (!(value instanceof Boolean)) {
                    throw new CelError("no such overload");
                }
                boolean decided = (Boolean) value == decisive;
                locals.put(fold.accumulator(), decided || !(before instanceof Fault) ? value : before);
            } catch (CelError e) {
                if (e.exhausted()) {
                    throw e;
                }
                locals.put(fold.accumulator(), before instanceof Fault ? before : new Fault(e));
            }
        }

        Object result() {
            if (locals.get(fold.accumulator()) instanceof Fault fault) {
                throw fault.error();
            }
            locals.remove(fold.first());
            return eval(fold.result());
        }
    }

    private record Fault(CelError error) {}
}
