package dev.kubejar.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoNumber;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.object.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that expressions work with, as Java objects; and their way from JSON and back. */
public final class Values {
    private Values() {}

    /** The value of JSON without a schema; missing is null. */
    public static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> GoNumber.isInteger(node) ? (Object) node.longValue() : (Object) node.doubleValue();
            case ARRAY -> {
                List<Object> items = new ArrayList<>(node.size());
                node.forEach(each -> items.add(of(each)));
                yield items;
            }
            case OBJECT -> {
                Map<Object, Object> fields = new LinkedHashMap<>();
                GoText.sorted(node).forEach(each -> fields.put(each.getKey(), of(each.getValue())));
                yield fields;
            }
            default -> Null.VALUE;
        };
    }

    /** The JSON of a value. */
    public static JsonNode json(Object value) {
        if (value instanceof String text) {
            return Json.NODES.textNode(text);
        } else if (value instanceof Long number) {
            return Json.NODES.numberNode(number);
        } else if (value instanceof Unsigned number) {
            return Json.NODES.numberNode(number.bits());
        } else if (value instanceof Double number) {
            return Json.NODES.numberNode(number);
        } else if (value instanceof Boolean flag) {
            return Json.NODES.booleanNode(flag);
        } else if (value instanceof Bytes bytes) {
            return Json.NODES.textNode(Base64.getEncoder().encodeToString(bytes.value()));
        } else if (value instanceof List<?> list) {
            ArrayNode array = Json.array();
            list.forEach(each -> array.add(json(each)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = Json.object();
            map.forEach((key, each) -> object.set(Conversions.text(key), json(each)));
            return object;
        } else if (value instanceof Struct struct) {
            ObjectNode object = Json.object();
            struct.fields().forEach((key, each) -> object.set(Names.unescape(key), json(each)));
            return object;
        } else if (value instanceof Instant || value instanceof Duration || value instanceof Quantity) {
            return Json.NODES.textNode(Conversions.text(value));
        }
        return Json.NODES.nullNode();
    }

    /** The type of a value; of lists and maps, of dyn. */
    static Type type(Object value) {
        if (value instanceof String) {
            return Type.STRING;
        } else if (value instanceof Long) {
            return Type.INT;
        } else if (value instanceof Boolean) {
            return Type.BOOL;
        } else if (value instanceof Double) {
            return Type.DOUBLE;
        } else if (value instanceof Unsigned) {
            return Type.UINT;
        } else if (value instanceof Bytes) {
            return Type.BYTES;
        } else if (value instanceof List) {
            return Type.list(Type.DYN);
        } else if (value instanceof Map) {
            return Type.map(Type.DYN, Type.DYN);
        } else if (value instanceof Struct struct) {
            return struct.type();
        } else if (value instanceof Instant) {
            return Type.TIMESTAMP;
        } else if (value instanceof Duration) {
            return Type.DURATION;
        } else if (value instanceof Optionals) {
            return Type.optional(Type.DYN);
        } else if (value instanceof Type type) {
            return Type.type(type);
        } else if (value instanceof Quantity) {
            return Type.QUANTITY;
        } else if (value instanceof Typed typed) {
            return typed.type();
        }
        return Type.NULL;
    }

    /** A field of a map or a structure; null where there is none. */
    static Object field(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map.get(name);
        }
        return value instanceof Struct struct ? struct.fields().get(name) : null;
    }

    static boolean number(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Unsigned;
    }

    /** Whether two values are equal; numbers by value, whatever their type. */
    static boolean equal(Object a, Object b) {
        if (number(a) && number(b)) {
            return !nan(a) && !nan(b) && compare(a, b) == 0;
        }
        if (a instanceof Items items && items.unordered() && b instanceof List<?> list) {
            return items.same(list);
        }
        if (b instanceof Items items && items.unordered() && a instanceof List<?> list) {
            return items.same(list);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!equal(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Struct left && b instanceof Struct right) {
            return equalFields(left.fields(), right.fields());
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return equalFields(left, right);
        }
        if (a instanceof Optionals left && b instanceof Optionals right) {
            return left.has() && right.has() ? equal(left.value(), right.value()) : left.has() == right.has();
        }
        if (a instanceof Type left && b instanceof Type right) {
            return left.kind() == right.kind() && left.name().equals(right.name());
        }
        if (a instanceof Quantity left && b instanceof Quantity right) {
            return left.compareTo(right) == 0;
        }
        return a.equals(b);
    }

    private static boolean equalFields(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> each : a.entrySet()) {
            Object other = key(b, each.getKey());
            if (other == null || !equal(each.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** The value at a key, which may be a number of any type; null where there is none. */
    static Object key(Map<?, ?> map, Object key) {
        Object found = map.get(key);
        if (found != null || !number(key)) {
            return found;
        }
        for (Map.Entry<?, ?> each : map.entrySet()) {
            if (equal(each.getKey(), key)) {
                return each.getValue();
            }
        }
        return null;
    }

    private static boolean nan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof Unsigned number) {
            return new BigDecimal(Long.toUnsignedString(number.bits()));
        }
        return value instanceof Long number ? BigDecimal.valueOf(number) : new BigDecimal((Double) value);
    }

    /** The order of two values; null where they have none. */
    static Integer compare(Object a, Object b) {
        if (number(a) && number(b)) {
            if (a instanceof Long left && b instanceof Long right) {
                return Long.compare(left, right);
            }
            if (nan(a) || nan(b)) {
                throw new CelError("NaN values cannot be ordered");
            }
            double left = infinite(a);
            double right = infinite(b);
            if (left != 0 || right != 0) {
                return Double.compare(left, right);
            }
            return decimal(a).compareTo(decimal(b));
        }
        if (a instanceof String left && b instanceof String right) {
            return Integer.signum(codePoints(left, right));
        }
        if (a instanceof Boolean left && b instanceof Boolean right) {
            return Boolean.compare(left, right);
        }
        if (a instanceof Bytes left && b instanceof Bytes right) {
            return Integer.signum(java.util.Arrays.compareUnsigned(left.value(), right.value()));
        }
        if (a instanceof Instant left && b instanceof Instant right) {
            return Integer.signum(left.compareTo(right));
        }
        if (a instanceof Duration left && b instanceof Duration right) {
            return Integer.signum(left.compareTo(right));
        }
        return null;
    }

    private static double infinite(Object value) {
        return value instanceof Double number && number.isInfinite() ? number : 0;
    }

    private static int codePoints(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }

    /** The size of what has one; 1 otherwise. */
    static long size(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        } else if (value instanceof Bytes bytes) {
            return bytes.value().length;
        } else if (value instanceof List<?> list) {
            return list.size();
        } else if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value instanceof Optionals optional && optional.has() ? size(optional.value()) : 1;
    }
}
