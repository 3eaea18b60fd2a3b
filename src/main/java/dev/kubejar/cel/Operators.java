package dev.kubejar.cel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The operators, conversions and optional values. */
final class Operators {
    private Operators() {}

    static void add(Map<String, Library.Function> to) {
        to.put("_==_", args -> Values.equal(args[0], args[1]));
        to.put("_!=_", args -> !Values.equal(args[0], args[1]));
        to.put("_<_", args -> ordered(args, order -> order < 0));
        to.put("_<=_", args -> ordered(args, order -> order <= 0));
        to.put("_>_", args -> ordered(args, order -> order > 0));
        to.put("_>=_", args -> ordered(args, order -> order >= 0));
        to.put("!_", args -> args[0] instanceof Boolean flag ? !flag : null);
        to.put("-_", args -> negated(args[0]));
        to.put("_+_", args -> plus(args[0], args[1]));
        to.put("_-_", args -> minus(args[0], args[1]));
        to.put("_*_", args -> arithmetic('*', args[0], args[1]));
        to.put("_/_", args -> arithmetic('/', args[0], args[1]));
        to.put("_%_", args -> arithmetic('%', args[0], args[1]));
        to.put("@in", args -> in(args[0], args[1]));
        to.put("_[_]", args -> index(args[0], args[1]));
        to.put("_[?_]", args -> optionalIndex(args[0], args[1]));
        to.put("size", args -> sized(args[0]) ? Values.size(args[0]) : null);
        to.put("type", args -> Values.type(args[0]));
        to.put("dyn", args -> args[0]);
        to.put("int", args -> Conversions.toInt(args[0]));
        to.put("uint", args -> Conversions.toUint(args[0]));
        to.put("double", args -> Conversions.toDouble(args[0]));
        to.put("bool", args -> Conversions.toBool(args[0]));
        to.put("bytes", args -> Conversions.toBytes(args[0]));
        to.put("string", args -> plain(args[0]) ? Conversions.text(args[0]) : null);
        to.put("timestamp", args -> Conversions.toTimestamp(args[0]));
        to.put("duration", args -> Conversions.toDuration(args[0]));
        optionals(to);
        to.put("cel.@mapInsert", Operators::insert);
    }

    private static void optionals(Map<String, Library.Function> to) {
        to.put("optional.of", args -> new Optionals(args[0]));
        to.put("optional.ofNonZeroValue", args -> zero(args[0]) ? Optionals.NONE : new Optionals(args[0]));
        to.put("optional.none", args -> Optionals.NONE);
        to.put("hasValue", args -> args[0] instanceof Optionals optional ? optional.has() : null);
        to.put("value", args -> {
            if (!(args[0] instanceof Optionals optional)) {
                return null;
            }
            if (!optional.has()) {
                throw new CelError("optional.none() dereference");
            }
            return optional.value();
        });
        Library.Function unwrap = args -> {
            if (!(args[0] instanceof List<?> list)) {
                return null;
            }
            List<Object> found = new ArrayList<>();
            for (Object each : list) {
                if (!(each instanceof Optionals optional)) {
                    throw new CelError("value " + Conversions.text(each) + " is not optional");
                }
                if (optional.has()) {
                    found.add(optional.value());
                }
            }
            return found;
        };
        to.put("optional.unwrap", unwrap);
        to.put("unwrapOpt", unwrap);
    }

    private static boolean zero(Object value) {
        return value == Null.VALUE
                || Boolean.FALSE.equals(value)
                || Values.number(value) && Values.compare(value, 0L) == 0
                || sized(value) && Values.size(value) == 0
                || value instanceof Duration duration && duration.isZero()
                || value instanceof Struct struct && struct.fields().isEmpty();
    }

    private static boolean sized(Object value) {
        return value instanceof String || value instanceof Bytes || value instanceof List || value instanceof Map;
    }

    private static boolean plain(Object value) {
        return value instanceof String
                || Values.number(value)
                || value instanceof Boolean
                || value instanceof Bytes
                || value instanceof Instant
                || value instanceof Duration
                || value instanceof Typed typed && (typed.type() == Type.IP || typed.type() == Type.CIDR);
    }

    private static Object ordered(Object[] args, IntPredicate wanted) {
        Integer order = Values.compare(args[0], args[1]);
        return order == null ? null : wanted.test(order);
    }

    private static Object negated(Object value) {
        if (value instanceof Long number) {
            if (number == Long.MIN_VALUE) {
                throw new CelError("integer overflow");
            }
            return -number;
        }
        return value instanceof Double number ? -number : null;
    }

    private static Object plus(Object a, Object b) {
        if (a instanceof String left && b instanceof String right) {
            return left + right;
        } else if (a instanceof Items items && items.unordered() && b instanceof List<?> right) {
            return items.plus(right);
        } else if (a instanceof List<?> left && b instanceof List<?> right) {
            List<Object> all = new ArrayList<>(left);
            all.addAll(right);
            return all;
        } else if (a instanceof Bytes left && b instanceof Bytes right) {
            byte[] all = java.util.Arrays.copyOf(left.value(), left.value().length + right.value().length);
            System.arraycopy(right.value(), 0, all, left.value().length, right.value().length);
            return new Bytes(all);
        } else if (a instanceof Instant left && b instanceof Duration right) {
            return moved(left, right);
        } else if (a instanceof Duration left && b instanceof Instant right) {
            return moved(right, left);
        } else if (a instanceof Duration left && b instanceof Duration right) {
            return left.plus(right);
        }
        return arithmetic('+', a, b);
    }

    private static Object moved(Instant instant, Duration by) {
        try {
            return instant.plus(by);
        } catch (DateTimeException | ArithmeticException e) {
            throw new CelError("timestamp overflow");
        }
    }

    private static Object minus(Object a, Object b) {
        if (a instanceof Instant left && b instanceof Duration right) {
            return moved(left, right.negated());
        } else if (a instanceof Instant left && b instanceof Instant right) {
            return Duration.between(right, left);
        } else if (a instanceof Duration left && b instanceof Duration right) {
            return left.minus(right);
        }
        return arithmetic('-', a, b);
    }

    private static Object arithmetic(char op, Object a, Object b) {
        if (a instanceof Long left && b instanceof Long right) {
            return whole(op, left, right);
        } else if (a instanceof Double left && b instanceof Double right) {
            return switch (op) {
                case '+' -> left + right;
                case '-' -> left - right;
                case '*' -> left * right;
                case '/' -> left / right;
                default -> null;
            };
        } else if (a instanceof Unsigned left && b instanceof Unsigned right) {
            return unsigned(op, left.bits(), right.bits());
        }
        return null;
    }

    private static Object whole(char op, long a, long b) {
        try {
            return switch (op) {
                case '+' -> Math.addExact(a, b);
                case '-' -> Math.subtractExact(a, b);
                case '*' -> Math.multiplyExact(a, b);
                case '/' -> {
                    zero(b, "division by zero");
                    yield a == Long.MIN_VALUE && b == -1 ? Math.negateExact(a) : a / b;
                }
                default -> {
                    zero(b, "modulus by zero");
                    yield a == Long.MIN_VALUE && b == -1 ? Math.negateExact(a) : a % b;
                }
            };
        } catch (ArithmeticException e) {
            throw new CelError("integer overflow");
        }
    }

    private static void zero(long divisor, String fault) {
        if (divisor == 0) {
            throw new CelError(fault);
        }
    }

    private static Object unsigned(char op, long a, long b) {
        java.math.BigInteger left = new java.math.BigInteger(Long.toUnsignedString(a));
        java.math.BigInteger right = new java.math.BigInteger(Long.toUnsignedString(b));
        if (op == '/' || op == '%') {
            zero(b, op == '/' ? "division by zero" : "modulus by zero");
        }
        java.math.BigInteger result =
                switch (op) {
                    case '+' -> left.add(right);
                    case '-' -> left.subtract(right);
                    case '*' -> left.multiply(right);
                    case '/' -> left.divide(right);
                    default -> left.mod(right);
                };
        if (result.signum() < 0 || result.bitLength() > 64) {
            throw new CelError("unsigned integer overflow");
        }
        return new Unsigned(result.longValue());
    }

    private static Object in(Object value, Object container) {
        if (container instanceof Map<?, ?> map) {
            return Values.key(map, value) != null;
        }
        if (!(container instanceof List<?> list)) {
            return null;
        }
        for (Object each : list) {
            if (Values.equal(each, value)) {
                return true;
            }
        }
        return false;
    }

    private static Object index(Object container, Object at) {
        if (container instanceof Optionals) {
            return optionalIndex(container, at);
        }
        if (container instanceof Map<?, ?> map) {
            Object found = Values.key(map, at);
            if (found == null) {
                throw new CelError("no such key: " + Conversions.text(at));
            }
            return found;
        }
        if (container instanceof Struct struct && at instanceof String name) {
            Object found = struct.fields().get(name);
            if (found == null) {
                throw new CelError("no such key: " + name);
            }
            return found;
        }
        if (!(container instanceof List<?> list)) {
            return null;
        }
        long index = position(at);
        if (index < 0 || index >= list.size()) {
            throw new CelError("index out of bounds: " + index);
        }
        return list.get((int) index);
    }

    private static long position(Object at) {
        if (!Values.number(at)) {
            throw new CelError("unsupported index type '" + Values.type(at).name() + "' in list");
        }
        Object whole = Conversions.toInt(at);
        if (at instanceof Double number && number != (double) (Long) whole) {
            throw new CelError("unsupported index value " + Conversions.text(at) + " in list");
        }
        return (Long) whole;
    }

    private static Object optionalIndex(Object container, Object at) {
        Object target = container instanceof Optionals optional ? optional.value() : container;
        if (target == null) {
            return Optionals.NONE;
        }
        Object found = null;
        if (target instanceof Map<?, ?> map) {
            found = Values.key(map, at);
        } else if (target instanceof Struct struct) {
            found = struct.fields().get(Conversions.text(at));
        } else if (target instanceof List<?> list) {
            long index = position(at);
            found = index >= 0 && index < list.size() ? list.get((int) index) : null;
        } else {
            return null;
        }
        return found == null ? Optionals.NONE : new Optionals(found);
    }

    private static Object insert(Object[] args) {
        if (!(args[0] instanceof Map<?, ?> map)) {
            return null;
        }
        Map<Object, Object> made = new LinkedHashMap<>(map);
        Map<Object, Object> more = new LinkedHashMap<>();
        if (args.length == 2 && args[1] instanceof Map<?, ?> entries) {
            more.putAll(entries);
        } else {
            more.put(args[1], args[2]);
        }
        more.forEach((key, value) -> {
            if (made.containsKey(key)) {
                throw new CelError("insert failed: key " + Conversions.text(key) + " already exists");
            }
            made.put(key, value);
        });
        return made;
    }
}
