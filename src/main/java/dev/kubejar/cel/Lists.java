package dev.kubejar.cel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Functions of lists and sets. */
final class Lists {
    private Lists() {}

    static void add(Map<String, Library.Function> to) {
        to.put("isSorted", args -> args[0] instanceof List<?> list ? sorted(list) : null);
        to.put("sum", args -> args[0] instanceof List<?> list ? sum(list) : null);
        to.put("max", args -> args[0] instanceof List<?> list ? extreme(list, 1, "max") : null);
        to.put("min", args -> args[0] instanceof List<?> list ? extreme(list, -1, "min") : null);
        to.put("indexOf", args -> {
            if (args[0] instanceof String text) {
                return Texts.indexOf(text, Texts.text(args, 1), args.length > 2 ? Texts.number(args, 2) : 0);
            }
            return args[0] instanceof List<?> list ? (Object) first(list, args[1]) : null;
        });
        to.put("lastIndexOf", args -> {
            if (args[0] instanceof String text) {
                return Texts.lastIndexOf(text, Texts.text(args, 1), args.length > 2 ? Texts.number(args, 2) : null);
            }
            if (!(args[0] instanceof List<?> list)) {
                return null;
            }
            for (int i = list.size() - 1; i >= 0; i--) {
                if (Values.equal(list.get(i), args[1])) {
                    return (long) i;
                }
            }
            return -1L;
        });
        to.put("slice", Lists::slice);
        to.put("flatten", args -> flattened(args));
        to.put("sort", args -> args[0] instanceof List<?> list ? ordered(list) : null);
        to.put("lists.range", args -> range(Texts.number(args, 0)));
        to.put("reverse", args -> {
            if (!(args[0] instanceof List<?> list)) {
                return null;
            }
            List<Object> reversed = new ArrayList<>(list);
            Collections.reverse(reversed);
            return reversed;
        });
        to.put("distinct", args -> args[0] instanceof List<?> list ? distinct(list) : null);
        to.put("first", args -> args[0] instanceof List<?> list ? at(list, 0) : null);
        to.put("last", args -> args[0] instanceof List<?> list ? at(list, list.size() - 1) : null);
        to.put("sets.contains", args -> lists(args) ? contains((List<?>) args[0], (List<?>) args[1]) : null);
        to.put(
                "sets.equivalent",
                args -> lists(args)
                        ? contains((List<?>) args[0], (List<?>) args[1])
                                && contains((List<?>) args[1], (List<?>) args[0])
                        : null);
        to.put("sets.intersects", args -> lists(args) ? intersects((List<?>) args[0], (List<?>) args[1]) : null);
    }

    private static boolean lists(Object[] args) {
        return args[0] instanceof List && args[1] instanceof List;
    }

    private static Object at(List<?> list, int index) {
        return index < 0 || index >= list.size() ? Optionals.NONE : new Optionals(list.get(index));
    }

    private static int compare(Object a, Object b) {
        Integer order = Values.compare(a, b);
        if (order == null) {
            throw new CelError("no such overload");
        }
        return order;
    }

    private static boolean sorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) {
        Object sum = null;
        for (Object each : list) {
            sum = sum == null ? each : Library.call("_+_", List.of(sum, each));
        }
        return sum != null ? sum : (Object) 0L;
    }

    private static Object extreme(List<?> list, int sign, String name) {
        if (list.isEmpty()) {
            throw new CelError(name + " called on empty list");
        }
        Object best = list.get(0);
        for (Object each : list) {
            best = compare(each, best) * sign > 0 ? each : best;
        }
        return best;
    }

    private static long first(List<?> list, Object value) {
        for (int i = 0; i < list.size(); i++) {
            if (Values.equal(list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    private static Object slice(Object[] args) {
        if (!(args[0] instanceof List<?> list)) {
            return null;
        }
        long start = Texts.number(args, 1);
        long end = Texts.number(args, 2);
        String head = "cannot slice(" + start + ", " + end + "), ";
        if (start < 0 || end < 0) {
            throw new CelError(head + "negative indexes not supported");
        }
        if (start > end) {
            throw new CelError(head + "start index must be less than or equal to end index");
        }
        if (end > list.size()) {
            throw new CelError(head + "list is length " + list.size());
        }
        return new ArrayList<Object>(list.subList((int) start, (int) end));
    }

    private static Object flattened(Object[] args) {
        if (!(args[0] instanceof List<?> list)) {
            return null;
        }
        long depth = args.length > 1 ? Texts.number(args, 1) : 1;
        if (depth < 0) {
            throw new CelError("level must be non-negative");
        }
        List<Object> out = new ArrayList<>();
        flatten(list, depth, out);
        return out;
    }

    private static void flatten(List<?> list, long depth, List<Object> out) {
        for (Object each : list) {
            if (depth > 0 && each instanceof List<?> inner) {
                flatten(inner, depth - 1, out);
            } else {
                out.add(each);
            }
        }
    }

    private static Object ordered(List<?> list) {
        List<Object> sorted = new ArrayList<>(list);
        sorted.sort(Lists::compare);
        return sorted;
    }

    private static Object range(long count) {
        List<Object> numbers = new ArrayList<>();
        if (count > 1_000_000) {
            throw CelError.limit();
        }
        for (long i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static Object distinct(List<?> list) {
        List<Object> kept = new ArrayList<>();
        for (Object each : list) {
            if (first(kept, each) < 0) {
                kept.add(each);
            }
        }
        return kept;
    }

    private static boolean contains(List<?> list, List<?> part) {
        for (Object each : part) {
            if (first(list, each) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean intersects(List<?> a, List<?> b) {
        for (Object each : a) {
            if (first(b, each) >= 0) {
                return true;
            }
        }
        return false;
    }
}
