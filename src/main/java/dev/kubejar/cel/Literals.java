package dev.kubejar.cel;

import dev.kubejar.object.GoRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks over a whole expression: literals that can never work, and names that are used. */
final class Literals {
    private Literals() {}

    static void check(Expr expr, Faults faults) {
        if (expr.kind == Expr.Kind.CALL && !expr.args.isEmpty()) {
            Expr last = expr.args.get(expr.args.size() - 1);
            String name = expr.name;
            if (last.literal instanceof String text && invalid(name, expr, text)) {
                faults.add(last.at, "invalid " + name + " argument");
            }
        }
        inside(expr).forEach(each -> check(each, faults));
    }

    private static boolean invalid(String name, Expr expr, String text) {
        boolean member = expr.target != null;
        return switch (name) {
            case "matches" -> !GoRegex.fault(text).isEmpty();
            case "duration" -> !member && Conversions.duration(text) == null;
            case "timestamp" -> !member && !timestamp(text);
            default -> false;
        };
    }

    private static boolean timestamp(String text) {
        try {
            return Conversions.toTimestamp(text) != null;
        } catch (CelError e) {
            return false;
        }
    }

    static boolean uses(Expr expr, String variable) {
        if (expr.kind == Expr.Kind.IDENT && expr.name.equals(variable)) {
            return true;
        }
        for (Expr each : inside(expr)) {
            if (uses(each, variable)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Expr> inside(Expr expr) {
        List<Expr> parts = new ArrayList<>(expr.args);
        if (expr.target != null) {
            parts.add(expr.target);
        }
        if (expr.fold != null) {
            Expr.Fold fold = expr.fold;
            parts.addAll(List.of(fold.range(), fold.init(), fold.condition(), fold.step(), fold.result()));
        }
        return new java.util.LinkedHashSet<>(parts);
    }
}
