package dev.kubejar.cel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The least and the most that a checked expression can cost, by the bounds of the sizes of what it works on. */
final class Costs {
    /** The sizes of what is in a list or a map. */
    private record Entries(Type.Kind container, Size key, Size value) {
        Entries union(Entries other) {
            return other == null ? null : new Entries(container, key.union(other.key), value.union(other.value));
        }
    }

    private record Local(List<String> path, Size size, Entries entries) {}

    /** A call's cost, and the size of its result where that is known. */
    record Estimate(Size cost, Size result) {}

    private final Shape root;
    private final Map<Expr, List<String>> paths = new IdentityHashMap<>();
    private final Map<Expr, Size> sizes = new IdentityHashMap<>();
    private final Map<Expr, Entries> entries = new IdentityHashMap<>();
    private final Map<String, Deque<Local>> locals = new HashMap<>();

    private Costs(Shape root) {
        this.root = root;
    }

    /** The most that the expression can cost over variables of this shape. */
    static long most(Expr expr, Shape root) {
        return new Costs(root).cost(expr).max();
    }

    private Size cost(Expr expr) {
        return switch (expr.kind) {
            case LITERAL -> Size.NOTHING;
            case IDENT -> ident(expr);
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case LIST -> list(expr);
            case MAP -> map(expr);
            case STRUCT -> sum(expr.args).plus(Size.of(40));
            case FOLD -> bind(expr) ? bound(expr) : fold(expr);
        };
    }

    private Size sum(List<Expr> all) {
        Size sum = Size.NOTHING;
        for (Expr each : all) {
            sum = sum.plus(cost(each));
        }
        return sum;
    }

    private Size ident(Expr expr) {
        Local local = local(expr.name);
        paths.put(expr, local != null ? local.path : List.of(expr.name));
        return Size.ONE;
    }

    private Local local(String name) {
        Deque<Local> stack = locals.get(name);
        return stack == null ? null : stack.peek();
    }

    private void push(String name, Local local) {
        locals.computeIfAbsent(name, key -> new ArrayDeque<>()).push(local);
    }

    private List<String> path(Expr expr) {
        if (expr.kind == Expr.Kind.IDENT && local(expr.name) != null) {
            return local(expr.name).path;
        }
        return paths.getOrDefault(expr, List.of());
    }

    private static List<String> join(List<String> path, String more) {
        List<String> joined = new ArrayList<>(path);
        joined.add(more);
        return joined;
    }

    private Size select(Expr expr) {
        if (expr.macro != null) {
            paths.put(expr, List.of(expr.macro));
            return Size.ONE;
        }
        Size sum = cost(expr.target);
        if (expr.test) {
            return sum;
        }
        Type.Kind target = expr.target.type.kind();
        if (target == Type.Kind.MAP || target == Type.Kind.STRUCT || target == Type.Kind.PARAM) {
            sum = sum.plus(Size.ONE);
        }
        paths.put(expr, join(path(expr.target), expr.name));
        return sum;
    }

    private Size list(Expr expr) {
        Size sum = Size.NOTHING;
        Size item = expr.args.isEmpty() ? Size.NOTHING : new Size(Long.MAX_VALUE, 0);
        for (Expr each : expr.args) {
            sum = sum.plus(cost(each));
            item = item.union(orUnknown(each));
        }
        entries.put(expr, new Entries(Type.Kind.LIST, Size.ONE, item));
        return sum.plus(Size.of(10));
    }

    private Size map(Expr expr) {
        Size sum = Size.NOTHING;
        Size key = expr.args.isEmpty() ? Size.NOTHING : new Size(Long.MAX_VALUE, 0);
        Size value = key;
        for (int i = 0; i < expr.args.size(); i += 2) {
            sum = sum.plus(cost(expr.args.get(i))).plus(cost(expr.args.get(i + 1)));
            key = key.union(orUnknown(expr.args.get(i)));
            value = value.union(orUnknown(expr.args.get(i + 1)));
        }
        entries.put(expr, new Entries(Type.Kind.MAP, key, value));
        return sum.plus(Size.of(30));
    }

    private static boolean bind(Expr expr) {
        Expr.Fold fold = expr.fold;
        return fold.range().kind == Expr.Kind.LIST
                && fold.range().args.isEmpty()
                && Boolean.FALSE.equals(fold.condition().literal)
                && !fold.accumulator().equals(Macros.ACCUMULATOR);
    }

    private Size bound(Expr expr) {
        Expr.Fold fold = expr.fold;
        Size sum = cost(fold.range()).plus(cost(fold.init()));
        push(fold.accumulator(), new Local(path(fold.init()), size(fold.init()), within(fold.init())));
        sum = sum.plus(cost(fold.result()));
        locals.get(fold.accumulator()).pop();
        copy(expr, fold.result());
        return sum;
    }

    private void copy(Expr to, Expr from) {
        set(to, size(from));
        if (within(from) != null) {
            entries.put(to, within(from));
        }
    }

    private Size fold(Expr expr) {
        Expr.Fold fold = expr.fold;
        Size sum = cost(fold.range()).plus(cost(fold.init()));
        push(fold.accumulator(), new Local(path(fold.init()), size(fold.init()), within(fold.init())));
        Entries inside = within(fold.range());
        Type.Kind container =
                inside != null ? inside.container : fold.range().type.kind();
        boolean list = container == Type.Kind.LIST;
        List<String> path = path(fold.range());
        Size key = inside == null ? null : inside.key;
        Size value = inside == null ? null : inside.value;
        if (fold.second() == null) {
            push(fold.first(), new Local(join(path, list ? "@items" : "@keys"), list ? value : key, null));
        } else {
            push(fold.first(), new Local(join(path, list ? "@indices" : "@keys"), key, null));
            push(fold.second(), new Local(join(path, list ? "@items" : "@values"), value, null));
        }
        Size loop = cost(fold.condition());
        Size step = cost(fold.step());
        locals.get(fold.first()).pop();
        if (fold.second() != null) {
            locals.get(fold.second()).pop();
        }
        sum = sum.plus(cost(fold.result()));
        locals.get(fold.accumulator()).pop();
        Size count = orUnknown(fold.range());
        sum = sum.plus(count.times(step.plus(loop)));
        if (fold.init().kind == Expr.Kind.LITERAL) {
            set(expr, size(fold.init()));
        } else if (fold.init().kind == Expr.Kind.LIST || fold.init().kind == Expr.Kind.MAP) {
            set(expr, count);
            if (within(fold.step()) != null) {
                entries.put(expr, within(fold.step()));
            }
        }
        return sum;
    }

    private void set(Expr expr, Size size) {
        if (size != null) {
            sizes.put(expr, size);
        }
    }

    private Entries within(Expr expr) {
        Entries known = entries.get(expr);
        if (known == null && expr.kind == Expr.Kind.IDENT && local(expr.name) != null) {
            return local(expr.name).entries;
        }
        return known;
    }

    Size orUnknown(Expr expr) {
        Size size = size(expr);
        return size == null ? Size.UNKNOWN : size;
    }

    private Size size(Expr expr) {
        if (sizes.containsKey(expr)) {
            return sizes.get(expr);
        }
        if (expr.kind == Expr.Kind.LITERAL) {
            return expr.literal instanceof String || expr.literal instanceof Bytes
                    ? Size.of(Values.size(expr.literal))
                    : Size.ONE;
        }
        if (expr.kind == Expr.Kind.LIST) {
            return Size.of(expr.args.size());
        }
        if (expr.kind == Expr.Kind.MAP) {
            return Size.of(expr.args.size() / 2);
        }
        Size told = told(path(expr));
        if (told != null) {
            sizes.put(expr, told);
            return told;
        }
        if (scalar(expr.type)) {
            return Size.ONE;
        }
        return expr.kind == Expr.Kind.IDENT && local(expr.name) != null ? local(expr.name).size : null;
    }

    private Size told(List<String> path) {
        if (path.isEmpty() || root == null) {
            return null;
        }
        Shape at = root;
        for (String name : path.subList(1, path.size())) {
            at = at.inside(name);
            if (at == null) {
                return null;
            }
        }
        return new Size(0, at.most());
    }

    /** The size of one element of a list. */
    Size item(Expr list) {
        Size told = told(join(path(list), "@items"));
        return told == null ? Size.UNKNOWN : told;
    }

    private static boolean scalar(Type type) {
        return switch (type.kind()) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> true;
            default -> type.optional() && scalar(type.params().get(0));
        };
    }

    private Size call(Expr expr) {
        if (expr.name.equals("dyn") && expr.args.size() == 1) {
            Size cost = cost(expr.args.get(0)).plus(Size.ONE);
            copy(expr, expr.args.get(0));
            return cost;
        }
        Size args = Size.NOTHING;
        List<Size> each = new ArrayList<>();
        for (Expr arg : expr.args) {
            Size cost = cost(arg);
            each.add(cost);
            args = args.plus(cost);
        }
        if (expr.overloads.isEmpty()) {
            return Size.NOTHING;
        }
        boolean member = expr.target != null && expr.macro == null;
        Size sum = member ? cost(expr.target) : Size.NOTHING;
        Size cost = new Size(Long.MAX_VALUE, 0);
        Size result = null;
        for (String overload : expr.overloads) {
            Estimate estimate = function(expr, overload, member ? expr.target : null, each, args);
            cost = cost.union(estimate.cost);
            if (estimate.result != null) {
                result = result == null ? estimate.result : result.union(estimate.result);
            }
            if (overload.equals("index_list") || overload.equals("index_map")) {
                Entries inside = within(expr.args.get(0));
                result = inside == null ? null : inside.value;
                String part = overload.equals("index_list") ? "@items" : "@values";
                paths.put(expr, join(path(expr.args.get(0)), part));
            }
            if (result == null) {
                result = size(expr);
            }
        }
        set(expr, result);
        return sum.plus(cost);
    }

    private Estimate function(Expr expr, String overload, Expr target, List<Size> costs, Size args) {
        String name = expr.macro != null ? expr.macro : expr.name;
        Estimate own = new LibraryCosts(this).estimate(name, overload, target, expr.args);
        if (own != null) {
            return new Estimate(own.cost.plus(args), own.result);
        }
        List<Expr> given = expr.args;
        switch (overload) {
            case "string_format" -> {
                return plain(orUnknown(target).times(RuntimeCosts.TRAVERSE), args);
            }
            case "string_to_bytes", "bytes_to_string", "strings_quote" -> {
                Size size = orUnknown(given.get(0));
                Size result = overload.equals("string_to_bytes")
                        ? new Size(size.min(), Size.product(size.max(), 4))
                        : overload.equals("bytes_to_string")
                                ? new Size(size.min() / 4, size.max())
                                : new Size(size.min() + 2, Size.sum(Size.product(size.max(), 2), 2));
                return new Estimate(size.times(RuntimeCosts.TRAVERSE).plus(args), result);
            }
            case "starts_with_string", "ends_with_string" -> {
                return plain(orUnknown(given.get(0)).times(RuntimeCosts.TRAVERSE), args);
            }
            case "in_list" -> {
                return plain(orUnknown(given.get(1)), args);
            }
            case "matches_string" -> {
                Size text = orUnknown(target).plus(Size.ONE).times(RuntimeCosts.TRAVERSE);
                return plain(text.times(orUnknown(given.get(0)).times(RuntimeCosts.REGEX)), args);
            }
            case "contains_string" -> {
                Size text = orUnknown(target).times(RuntimeCosts.TRAVERSE);
                return plain(text.times(orUnknown(given.get(0)).times(RuntimeCosts.TRAVERSE)), args);
            }
            case "logical_or", "logical_and" -> {
                return new Estimate(
                        new Size(
                                costs.get(0).min(),
                                costs.get(0).plus(costs.get(1)).max()),
                        null);
            }
            case "conditional" -> {
                return conditional(expr, costs);
            }
            case "add_string", "add_bytes", "add_list" -> {
                return added(expr, overload, args);
            }
            case "equals",
                    "not_equals",
                    "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes" -> {
                long most = Math.min(
                        orUnknown(given.get(0)).max(), orUnknown(given.get(1)).max());
                return plain(new Size(most > 0 ? 1 : 0, most).times(RuntimeCosts.TRAVERSE), args);
            }
            default -> {
                return plain(Size.ONE, args);
            }
        }
    }

    private static Estimate plain(Size cost, Size args) {
        return new Estimate(cost.plus(args), null);
    }

    private Estimate conditional(Expr expr, List<Size> costs) {
        Expr yes = expr.args.get(1);
        Expr no = expr.args.get(2);
        Size size = orUnknown(yes).union(orUnknown(no));
        Entries inside = within(yes) == null ? null : within(yes).union(within(no));
        if (inside != null) {
            entries.put(expr, inside);
        }
        return new Estimate(costs.get(0).plus(costs.get(1).union(costs.get(2))), size);
    }

    private Estimate added(Expr expr, String overload, Size args) {
        Expr left = expr.args.get(0);
        Expr right = expr.args.get(1);
        Size size = orUnknown(left).plus(orUnknown(right));
        Entries inside = within(left) == null ? null : within(left).union(within(right));
        if (inside != null) {
            entries.put(expr, inside);
        }
        Size cost = overload.equals("add_list") ? Size.ONE : size.times(RuntimeCosts.TRAVERSE);
        return new Estimate(cost.plus(args), size);
    }
}
