package dev.kubejar.cel;

import java.util.List;

/** Calls that are resolved when they are read: {@code has}, the loops, {@code optMap}. */
final class Macros {
    static final String ACCUMULATOR = "__result__";

    private Macros() {}

    /** A call, or what the macro of that name makes of it. */
    static Expr call(int at, Expr target, String name, List<Expr> args, Faults faults) {
        Expr made = target == null ? has(at, name, args, faults) : loop(at, target, name, args, faults);
        return made == null ? Expr.call(at, target, name, args) : made;
    }

    private static Expr has(int at, String name, List<Expr> args, Faults faults) {
        if (!name.equals("has") || args.size() != 1) {
            return null;
        }
        Expr field = args.get(0);
        if (field.kind == Expr.Kind.SELECT && !field.test) {
            return Expr.select(at, field.target, field.name, true);
        }
        faults.add(field.at, "invalid argument to has() macro");
        return Expr.literal(at, false);
    }

    private static Expr loop(int at, Expr target, String name, List<Expr> args, Faults faults) {
        int count = args.size();
        return switch (name) {
            case "all", "exists" -> count == 2 || count == 3 ? quantifier(at, target, name, args, faults) : null;
            case "exists_one", "existsOne" -> count == 2 || count == 3 ? one(at, target, args, faults) : null;
            case "map" -> count == 2 || count == 3 ? map(at, target, args, faults) : null;
            case "filter" -> count == 2 ? filter(at, target, args, faults) : null;
            case "transformList" -> count == 3 || count == 4 ? transformList(at, target, args, faults) : null;
            case "transformMap", "transformMapEntry" ->
                count == 3 || count == 4 ? transformMap(at, target, name, args, faults) : null;
            case "optMap", "optFlatMap" -> count == 2 ? optional(at, target, name, args, faults) : null;
            default -> null;
        };
    }

    private static Expr accumulator(int at) {
        return Expr.ident(at, ACCUMULATOR);
    }

    /** The variable's name; a fault where it is none. */
    private static String variable(Expr arg, String fault, Faults faults) {
        if (arg.kind != Expr.Kind.IDENT) {
            faults.add(arg.at, fault);
            return "_";
        }
        if (arg.name.equals(ACCUMULATOR)) {
            faults.add(arg.at, "iteration variable overwrites accumulator variable");
        }
        return arg.name;
    }

    private static Expr fold(
            int at,
            Expr target,
            List<Expr> args,
            int variables,
            String fault,
            Faults faults,
            Expr init,
            Expr condition,
            Expr step,
            Expr result) {
        String first = variable(args.get(0), fault, faults);
        String second = variables == 2 ? variable(args.get(1), fault, faults) : null;
        if (first.equals(second)) {
            faults.add(args.get(1).at, "duplicate variable name: " + first);
        }
        return Expr.fold(at, new Expr.Fold(target, first, second, ACCUMULATOR, init, condition, step, result));
    }

    private static final String SIMPLE = "argument must be a simple name";
    private static final String IDENTIFIER = "argument is not an identifier";

    private static Expr quantifier(int at, Expr target, String name, List<Expr> args, Faults faults) {
        boolean all = name.equals("all");
        Expr test = args.get(args.size() - 1);
        Expr going = all ? accumulator(at) : Expr.call(at, "!_", accumulator(at));
        return fold(
                at,
                target,
                args,
                args.size() - 1,
                SIMPLE,
                faults,
                Expr.literal(at, all),
                Expr.call(at, "@not_strictly_false", going),
                Expr.call(at, all ? "_&&_" : "_||_", accumulator(at), test),
                accumulator(at));
    }

    private static Expr one(int at, Expr target, List<Expr> args, Faults faults) {
        Expr more = Expr.call(at, "_+_", accumulator(at), Expr.literal(at, 1L));
        return fold(
                at,
                target,
                args,
                args.size() - 1,
                SIMPLE,
                faults,
                Expr.literal(at, 0L),
                Expr.literal(at, true),
                Expr.call(at, "_?_:_", args.get(args.size() - 1), more, accumulator(at)),
                Expr.call(at, "_==_", accumulator(at), Expr.literal(at, 1L)));
    }

    private static Expr listOf(int at, Expr... elements) {
        return Expr.list(at, List.of(elements), java.util.Collections.nCopies(elements.length, false));
    }

    private static Expr map(int at, Expr target, List<Expr> args, Faults faults) {
        Expr step = Expr.call(at, "_+_", accumulator(at), listOf(at, args.get(args.size() - 1)));
        if (args.size() == 3) {
            step = Expr.call(at, "_?_:_", args.get(1), step, accumulator(at));
        }
        return fold(at, target, args, 1, IDENTIFIER, faults, listOf(at), Expr.literal(at, true), step, accumulator(at));
    }

    private static Expr filter(int at, Expr target, List<Expr> args, Faults faults) {
        Expr more = Expr.call(at, "_+_", accumulator(at), listOf(at, args.get(0)));
        Expr step = Expr.call(at, "_?_:_", args.get(1), more, accumulator(at));
        return fold(at, target, args, 1, IDENTIFIER, faults, listOf(at), Expr.literal(at, true), step, accumulator(at));
    }

    private static Expr transformList(int at, Expr target, List<Expr> args, Faults faults) {
        Expr step = Expr.call(at, "_+_", accumulator(at), listOf(at, args.get(args.size() - 1)));
        if (args.size() == 4) {
            step = Expr.call(at, "_?_:_", args.get(2), step, accumulator(at));
        }
        return fold(at, target, args, 2, SIMPLE, faults, listOf(at), Expr.literal(at, true), step, accumulator(at));
    }

    private static Expr transformMap(int at, Expr target, String name, List<Expr> args, Faults faults) {
        Expr value = args.get(args.size() - 1);
        Expr step = name.equals("transformMap")
                ? Expr.call(at, "cel.@mapInsert", accumulator(at), Expr.ident(at, args.get(0).name), value)
                : Expr.call(at, "cel.@mapInsert", accumulator(at), value);
        if (args.size() == 4) {
            step = Expr.call(at, "_?_:_", args.get(2), step, accumulator(at));
        }
        Expr empty = Expr.map(at, List.of(), List.of());
        return fold(at, target, args, 2, SIMPLE, faults, empty, Expr.literal(at, true), step, accumulator(at));
    }

    private static Expr optional(int at, Expr target, String name, List<Expr> args, Faults faults) {
        if (args.get(0).kind != Expr.Kind.IDENT) {
            faults.add(args.get(0).at, name + "() variable name must be a simple identifier");
            return Expr.literal(at, false);
        }
        String variable = args.get(0).name;
        Expr value = Expr.call(at, target, "value", List.of());
        Expr bound = Expr.fold(
                at,
                new Expr.Fold(
                        listOf(at),
                        "#unused",
                        null,
                        variable,
                        value,
                        Expr.literal(at, false),
                        Expr.ident(at, variable),
                        args.get(1)));
        Expr some = name.equals("optMap") ? Expr.call(at, "optional.of", bound) : bound;
        return Expr.call(
                at, "_?_:_", Expr.call(at, target, "hasValue", List.of()), some, Expr.call(at, "optional.none"));
    }
}
