package dev.kubejar.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the type parameters of a check stand for, and whether types fit. */
final class Unifier {
    private Map<String, Type> known = new HashMap<>();
    private int variables;

    Type variable() {
        return Type.param("_var" + variables++);
    }

    boolean assignable(Type a, Type b) {
        return assignable(List.of(a), List.of(b));
    }

    /** Whether each of the first may stand where each of the second is asked for; remembers what that means if so. */
    boolean assignable(List<Type> a, List<Type> b) {
        Map<String, Type> saved = new HashMap<>(known);
        if (all(a, b)) {
            return true;
        }
        known = saved;
        return false;
    }

    private boolean all(List<Type> a, List<Type> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!fits(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(Type a, Type b) {
        if (b.is(Type.Kind.PARAM)) {
            boolean had = known.containsKey(b.name());
            if (substitutes(a, b)) {
                return true;
            }
            if (had) {
                return false;
            }
        }
        if (a.is(Type.Kind.PARAM)) {
            return substitutes(b, a);
        }
        if (a.dynamicOrError() || b.dynamicOrError()) {
            return true;
        }
        if (a.is(Type.Kind.NULL)) {
            return nullable(b);
        }
        if (b.is(Type.Kind.NULL)) {
            return nullable(a);
        }
        return switch (a.kind()) {
            case TYPE -> b.is(Type.Kind.TYPE);
            case OPAQUE, LIST, MAP -> a.kind() == b.kind() && a.name().equals(b.name()) && all(a.params(), b.params());
            default -> a.kind() == b.kind() && a.name().equals(b.name());
        };
    }

    private static boolean nullable(Type type) {
        return switch (type.kind()) {
            case NULL, OPAQUE, STRUCT, DURATION, TIMESTAMP -> true;
            default -> false;
        };
    }

    private boolean substitutes(Type type, Type param) {
        if (type.is(Type.Kind.PARAM) && type.name().equals(param.name())) {
            return true;
        }
        Type now = known.get(param.name());
        if (now != null) {
            if (type.exactly(now)) {
                return true;
            }
            if (!fits(type, now)) {
                return false;
            }
            Type general = general(type, now);
            if (!occurs(param, general)) {
                known.put(param.name(), general);
            }
            return true;
        }
        if (occurs(param, type)) {
            return false;
        }
        known.put(param.name(), type);
        return true;
    }

    private boolean occurs(Type param, Type within) {
        if (within.is(Type.Kind.PARAM)) {
            Type next = known.get(within.name());
            return within.name().equals(param.name()) || next != null && occurs(param, next);
        }
        for (Type each : within.params()) {
            if (occurs(param, each)) {
                return true;
            }
        }
        return false;
    }

    /** The more general of two types that fit. */
    static Type general(Type a, Type b) {
        return lessSpecific(a, b) ? a : b;
    }

    private static boolean lessSpecific(Type a, Type b) {
        if (a.dynamic() || a.is(Type.Kind.PARAM)) {
            return true;
        }
        if (b.dynamic() || b.is(Type.Kind.PARAM) || a.kind() != b.kind()) {
            return false;
        }
        return switch (a.kind()) {
            case OPAQUE, LIST, MAP -> {
                boolean less = a.name().equals(b.name())
                        && a.params().size() == b.params().size();
                for (int i = 0; less && i < a.params().size(); i++) {
                    less = lessSpecific(a.params().get(i), b.params().get(i));
                }
                yield less;
            }
            case TYPE -> true;
            default -> a.exactly(b);
        };
    }

    /** The type with what is known of its parameters; {@code dyn}: what is not known becomes dyn. */
    Type resolved(Type type, boolean dyn) {
        if (type.is(Type.Kind.PARAM)) {
            Type now = known.get(type.name());
            return now != null ? resolved(now, dyn) : dyn ? Type.DYN : type;
        }
        if (type.params().isEmpty()) {
            return type;
        }
        List<Type> params = new ArrayList<>();
        type.params().forEach(each -> params.add(resolved(each, dyn)));
        return with(type, params);
    }

    private static Type with(Type type, List<Type> params) {
        return switch (type.kind()) {
            case LIST -> Type.list(params.get(0));
            case MAP -> Type.map(params.get(0), params.get(1));
            case TYPE -> Type.type(params.get(0));
            default -> Type.opaque(type.name(), params.toArray(Type[]::new));
        };
    }

    /** The types with fresh parameters. */
    List<Type> fresh(List<Type> types) {
        Map<String, Type> names = new HashMap<>();
        List<Type> fresh = new ArrayList<>();
        types.forEach(each -> fresh.add(fresh(each, names)));
        return fresh;
    }

    private Type fresh(Type type, Map<String, Type> names) {
        if (type.is(Type.Kind.PARAM)) {
            return names.computeIfAbsent(type.name(), key -> variable());
        }
        if (type.params().isEmpty()) {
            return type;
        }
        List<Type> params = new ArrayList<>();
        type.params().forEach(each -> params.add(fresh(each, names)));
        return with(type, params);
    }
}
