package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoNumber;
import dev.kubejar.object.GoText;
import java.util.Map;

/**
 * Values while a Go template runs: String, Boolean, Long (an int of the template), Double (a number of the data),
 * JsonNode (a map or list), null (nil) and {@link #NONE} (what a missing key gives).
 */
final class TemplateValue {
    /** No value at all. */
    static final Object NONE = new Object() {
        @Override
        public String toString() {
            return "<no value>";
        }
    };

    private TemplateValue() {}

    static Object of(JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return NONE;
        }
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.doubleValue();
            case NULL -> null;
            default -> node;
        };
    }

    static boolean nothing(Object value) {
        return value == null || value == NONE;
    }

    static boolean truth(Object value) {
        if (nothing(value)) {
            return false;
        }
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof String text ? !text.isEmpty() : !((JsonNode) value).isEmpty();
    }

    /** Go's name of the value's type. */
    static String type(Object value) {
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Number) {
            return value instanceof Long ? "int" : "float64";
        }
        return value instanceof JsonNode node && node.isArray() ? "[]interface {}" : "map[string]interface {}";
    }

    /** {@code %v}. */
    static String text(Object value) {
        if (value instanceof JsonNode node) {
            StringBuilder out = new StringBuilder();
            write(node, out);
            return out.toString();
        }
        if (value instanceof Double number) {
            return GoNumber.shortest(number);
        }
        return value == null ? "<nil>" : value.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            String separator = "map[";
            for (Map.Entry<String, JsonNode> field : GoText.sorted(node)) {
                out.append(separator).append(field.getKey()).append(':');
                write(field.getValue(), out);
                separator = " ";
            }
            out.append(node.isEmpty() ? "map[]" : "]");
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                write(node.get(i), i == 0 ? out : out.append(' '));
            }
            out.append(']');
        } else {
            out.append(text(of(node)));
        }
    }
}
