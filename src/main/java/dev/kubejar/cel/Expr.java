package dev.kubejar.cel;

import java.util.ArrayList;
import java.util.List;

/** A node of an expression; the checker notes its type and its overloads in it. */
final class Expr {
    enum Kind {
        LITERAL,
        IDENT,
        SELECT,
        CALL,
        LIST,
        MAP,
        STRUCT,
        FOLD
    }

    /** A loop over a range that accumulates a value; {@code second} is null where there is one variable. */
    record Fold(
            Expr range,
            String first,
            String second,
            String accumulator,
            Expr init,
            Expr condition,
            Expr step,
            Expr result) {}

    final Kind kind;
    /** The offset in the source, in code points. */
    final int at;
    /** Identifier, field, function or type name. */
    String name = "";

    Object literal;
    /** The operand of a selection, the receiver of a call. */
    Expr target;
    /** Arguments, elements, map entries (key, value, key, value …) or field values. */
    List<Expr> args = List.of();
    /** The fields of a structure. */
    List<String> fields = List.of();
    /** Which elements, entries or fields are optional. */
    List<Boolean> optionals = List.of();

    Fold fold;
    /** {@code has(a.b)}. */
    boolean test;

    Type type;
    List<String> overloads = new ArrayList<>();
    /** The macro that the node stems from, for its description in messages; null for none. */
    String macro;

    private Expr(Kind kind, int at) {
        this.kind = kind;
        this.at = at;
    }

    static Expr literal(int at, Object value) {
        Expr expr = new Expr(Kind.LITERAL, at);
        expr.literal = value;
        return expr;
    }

    static Expr ident(int at, String name) {
        Expr expr = new Expr(Kind.IDENT, at);
        expr.name = name;
        return expr;
    }

    static Expr select(int at, Expr operand, String field, boolean test) {
        Expr expr = new Expr(Kind.SELECT, at);
        expr.target = operand;
        expr.name = field;
        expr.test = test;
        return expr;
    }

    static Expr call(int at, String function, Expr... args) {
        return call(at, null, function, List.of(args));
    }

    static Expr call(int at, Expr target, String function, List<Expr> args) {
        Expr expr = new Expr(Kind.CALL, at);
        expr.target = target;
        expr.name = function;
        expr.args = args;
        return expr;
    }

    static Expr list(int at, List<Expr> elements, List<Boolean> optionals) {
        Expr expr = new Expr(Kind.LIST, at);
        expr.args = elements;
        expr.optionals = optionals;
        return expr;
    }

    static Expr map(int at, List<Expr> entries, List<Boolean> optionals) {
        Expr expr = new Expr(Kind.MAP, at);
        expr.args = entries;
        expr.optionals = optionals;
        return expr;
    }

    static Expr struct(int at, String type, List<String> fields, List<Expr> values, List<Boolean> optionals) {
        Expr expr = new Expr(Kind.STRUCT, at);
        expr.name = type;
        expr.fields = fields;
        expr.args = values;
        expr.optionals = optionals;
        return expr;
    }

    static Expr fold(int at, Fold fold) {
        Expr expr = new Expr(Kind.FOLD, at);
        expr.fold = fold;
        return expr;
    }

    /** {@code a.b.c} as a name; null where it is anything else. */
    String qualified() {
        if (kind == Kind.IDENT) {
            return name;
        }
        if (kind == Kind.SELECT && !test) {
            String outer = target.qualified();
            return outer == null ? null : outer + "." + name;
        }
        return null;
    }
}
