package dev.kubejar.cel;

import dev.kubejar.cel.Signatures.Overload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the type of every node of an expression, in the words and the order of cel-go's checker. */
final class Checker {
    private final Map<String, Type> variables;
    private final Map<String, Type> structs;
    private final Faults faults;
    private final Unifier unifier = new Unifier();
    private final Deque<Map<String, Type>> scopes = new ArrayDeque<>();
    private final List<Expr> nodes = new ArrayList<>();

    private Checker(Map<String, Type> variables, Map<String, Type> structs, Faults faults) {
        this.variables = variables;
        this.structs = structs;
        this.faults = faults;
    }

    /** Checks an expression over variables of these types; {@code structs} are those that it may create. */
    static void check(Expr expr, Map<String, Type> variables, Map<String, Type> structs, Faults faults) {
        Checker checker = new Checker(variables, structs, faults);
        checker.check(expr);
        for (Expr each : checker.nodes) {
            each.type = checker.unifier.resolved(each.type, true);
        }
    }

    private void check(Expr expr) {
        nodes.add(expr);
        expr.type = switch (expr.kind) {
            case LITERAL -> Values.type(expr.literal);
            case IDENT -> ident(expr);
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case LIST -> list(expr);
            case MAP -> map(expr);
            case STRUCT -> struct(expr);
            case FOLD -> fold(expr);
        };
    }

    private Type find(String name) {
        for (Map<String, Type> scope : scopes) {
            if (scope.containsKey(name)) {
                return scope.get(name);
            }
        }
        if (variables.containsKey(name)) {
            return variables.get(name);
        }
        if (structs.containsKey(name)) {
            return Type.type(structs.get(name));
        }
        return Signatures.nameable(name);
    }

    private Type ident(Expr expr) {
        Type type = find(expr.name);
        if (type == null) {
            faults.add(expr.at, undeclared(expr.name));
            return Type.ERROR;
        }
        return type;
    }

    private static String undeclared(String name) {
        return "undeclared reference to '" + name + "' (in container '')";
    }

    private Type select(Expr expr) {
        String qualified = expr.qualified();
        if (qualified != null) {
            Type type = find(qualified);
            if (type != null) {
                expr.macro = qualified;
                return type;
            }
        }
        Type found = field(expr, expr.target, expr.name, false);
        return expr.test ? Type.BOOL : unifier.resolved(found, false);
    }

    private Type field(Expr expr, Expr operand, String field, boolean optional) {
        check(operand);
        Type operandType = unifier.resolved(operand.type, false);
        boolean wrapped = operandType.optional();
        Type target = wrapped ? operandType.params().get(0) : operandType;
        Type result =
                switch (target.kind()) {
                    case MAP -> target.params().get(1);
                    case STRUCT -> {
                        Type type = target.fields().get(field);
                        if (type == null) {
                            faults.add(expr.at, "undefined field '" + field + "'");
                        }
                        yield type == null ? Type.ERROR : type;
                    }
                    case PARAM -> {
                        unifier.assignable(Type.DYN, target);
                        yield Type.DYN;
                    }
                    case DYN, ERROR -> Type.DYN;
                    default -> {
                        faults.add(expr.at, "type '" + target.text() + "' does not support field selection");
                        yield Type.DYN;
                    }
                };
        return wrapped || optional ? Type.optional(result) : result;
    }

    private Type call(Expr expr) {
        expr.overloads = new ArrayList<>();
        if (expr.name.equals("_?._")) {
            expr.overloads.add("select_optional_field");
            Type found = field(expr, expr.args.get(0), (String) expr.args.get(1).literal, true);
            expr.args.get(1).type = Type.STRING;
            return unifier.resolved(found, false);
        }
        expr.args.forEach(this::check);
        if (expr.target == null) {
            return resolve(expr, expr.name, null);
        }
        String prefix = expr.target.qualified();
        if (prefix != null && Signatures.all().containsKey(prefix + "." + expr.name)) {
            expr.macro = prefix + "." + expr.name;
            return resolve(expr, expr.macro, null);
        }
        check(expr.target);
        return resolve(expr, expr.name, expr.target);
    }

    private Type resolve(Expr expr, String function, Expr target) {
        List<Overload> overloads = Signatures.all().get(function);
        if (overloads == null) {
            faults.add(expr.at, undeclared(function));
            return Type.ERROR;
        }
        List<Type> args = new ArrayList<>();
        if (target != null) {
            args.add(target.type);
        }
        expr.args.forEach(each -> args.add(each.type));
        if (function.equals("_&&_") || function.equals("_||_")) {
            return logic(expr, function);
        }
        Type result = null;
        for (Overload overload : overloads) {
            if (overload.member() != (target != null)) {
                continue;
            }
            List<Type> wanted = new ArrayList<>(overload.args());
            wanted.add(overload.result());
            wanted = unifier.fresh(wanted);
            if (unifier.assignable(args, wanted.subList(0, wanted.size() - 1))) {
                expr.overloads.add(overload.id());
                Type type = unifier.resolved(wanted.get(wanted.size() - 1), false);
                if (result == null) {
                    result = type;
                } else if (!result.dynamic() && !type.exactly(result)) {
                    result = Type.DYN;
                }
            }
        }
        if (result == null) {
            faults.add(
                    expr.at,
                    "found no matching overload for '" + function + "' applied to '" + signature(args, target != null)
                            + "'");
            return Type.ERROR;
        }
        return result;
    }

    private Type logic(Expr expr, String function) {
        expr.overloads.add(function.equals("_&&_") ? "logical_and" : "logical_or");
        boolean wrong = false;
        for (Expr each : expr.args) {
            if (!unifier.assignable(each.type, Type.BOOL)) {
                mismatch(each.at, Type.BOOL, each.type);
                wrong = true;
            }
        }
        return wrong ? Type.ERROR : Type.BOOL;
    }

    private void mismatch(int at, Type expected, Type found) {
        faults.add(at, "expected type '" + shown(expected) + "' but found '" + shown(found) + "'");
    }

    private String shown(Type type) {
        return type.text();
    }

    private String signature(List<Type> args, boolean member) {
        StringBuilder out = new StringBuilder();
        int start = 0;
        if (member) {
            out.append(unifier.resolved(args.get(0), true).text()).append('.');
            start = 1;
        }
        out.append('(');
        for (int i = start; i < args.size(); i++) {
            out.append(i > start ? ", " : "")
                    .append(unifier.resolved(args.get(i), true).text());
        }
        return out.append(')').toString();
    }

    private Type unwrapped(Expr value, boolean optional) {
        Type type = value.type;
        if (!optional) {
            return type;
        }
        if (type.optional()) {
            return type.params().get(0);
        }
        if (!type.dynamic()) {
            mismatch(value.at, Type.optional(type), type);
        }
        return type;
    }

    private Type join(Expr expr, Type before, Type now) {
        if (before == null) {
            return now;
        }
        if (unifier.assignable(before, now)) {
            return Unifier.general(before, now);
        }
        mismatch(expr.at, before, now);
        return Type.ERROR;
    }

    private Type list(Expr expr) {
        Type element = null;
        for (int i = 0; i < expr.args.size(); i++) {
            Expr each = expr.args.get(i);
            check(each);
            element = join(each, element, unwrapped(each, expr.optionals.get(i)));
        }
        return Type.list(element == null ? unifier.variable() : element);
    }

    private Type map(Expr expr) {
        Type key = null;
        Type value = null;
        for (int i = 0; i < expr.args.size(); i += 2) {
            Expr name = expr.args.get(i);
            Expr each = expr.args.get(i + 1);
            check(name);
            key = join(name, key, name.type);
            check(each);
            value = join(each, value, unwrapped(each, expr.optionals.get(i / 2)));
        }
        return Type.map(key == null ? unifier.variable() : key, value == null ? unifier.variable() : value);
    }

    private Type struct(Expr expr) {
        Type type = find(expr.name);
        if (type == null) {
            faults.add(expr.at, undeclared(expr.name));
            return Type.ERROR;
        }
        if (!type.is(Type.Kind.TYPE)) {
            faults.add(expr.at, "'" + type.text() + "' is not a type");
            return Type.ERROR;
        }
        Type made = type.params().get(0);
        if (!made.is(Type.Kind.STRUCT)) {
            faults.add(expr.at, "'" + made.text() + "' is not a message type");
            return Type.ERROR;
        }
        for (int i = 0; i < expr.fields.size(); i++) {
            Expr value = expr.args.get(i);
            check(value);
            String field = expr.fields.get(i);
            Type wanted = made.fields().get(field);
            int at = value.at;
            if (wanted == null) {
                faults.add(at, "undefined field '" + field + "'");
                continue;
            }
            Type found = unwrapped(value, expr.optionals.get(i));
            if (!unifier.assignable(wanted, found)) {
                faults.add(
                        at,
                        "expected type of field '" + field + "' is '" + wanted.text() + "' but provided type is '"
                                + found.text() + "'");
            }
        }
        return made;
    }

    private Type fold(Expr expr) {
        Expr.Fold fold = expr.fold;
        check(fold.range());
        check(fold.init());
        Type range = unifier.resolved(fold.range().type, false);
        Type accumulated = fold.init().type;
        Map<String, Type> scope = new HashMap<>();
        scope.put(fold.accumulator(), accumulated);
        scopes.push(scope);
        Type first;
        Type second = null;
        switch (range.kind()) {
            case LIST -> {
                first = fold.second() == null ? range.params().get(0) : Type.INT;
                second = range.params().get(0);
            }
            case MAP -> {
                first = range.params().get(0);
                second = range.params().get(1);
            }
            case DYN, ERROR, PARAM -> {
                unifier.assignable(Type.DYN, range);
                first = Type.DYN;
                second = Type.DYN;
            }
            default -> {
                faults.add(
                        fold.range().at,
                        "expression of type '" + range.text()
                                + "' cannot be range of a comprehension (must be list, map, or dynamic)");
                first = Type.ERROR;
                second = Type.ERROR;
            }
        }
        Map<String, Type> block = new HashMap<>();
        block.put(fold.first(), first);
        if (fold.second() != null) {
            block.put(fold.second(), second);
        }
        scopes.push(block);
        check(fold.condition());
        expect(fold.condition(), Type.BOOL);
        check(fold.step());
        expect(fold.step(), accumulated);
        scopes.pop();
        check(fold.result());
        scopes.pop();
        return unifier.resolved(fold.result().type, false);
    }

    private void expect(Expr expr, Type type) {
        if (!unifier.assignable(type, expr.type)) {
            mismatch(expr.at, unifier.resolved(type, false), unifier.resolved(expr.type, false));
        }
    }
}
