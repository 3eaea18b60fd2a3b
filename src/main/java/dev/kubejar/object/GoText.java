package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Values as Go's fmt and strconv write them. */
public final class GoText {
    private static final String HEX = "0123456789abcdef";

    private GoText() {}

    /** {@code %q}: in double quotes, with Go's escapes for what cannot be printed. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            escaped(out, c, '"');
        }
        return out.append('"').toString();
    }

    /** {@code %q} of one character: in single quotes. */
    public static String quoted(int character) {
        StringBuilder out = new StringBuilder(8).append('\'');
        escaped(out, character, '\'');
        return out.append('\'').toString();
    }

    /** {@code %v} of an untyped value: {@code map[a:b c:[1 2]]}, strings bare, null {@code <nil>}, keys sorted. */
    public static String value(JsonNode node) {
        StringBuilder out = new StringBuilder();
        value(node, out);
        return out.toString();
    }

    private static void value(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            String separator = "map[";
            for (Map.Entry<String, JsonNode> field : sorted(node)) {
                out.append(separator).append(field.getKey()).append(':');
                value(field.getValue(), out);
                separator = " ";
            }
            out.append(node.isEmpty() ? "map[]" : "]");
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                value(node.get(i), i == 0 ? out : out.append(' '));
            }
            out.append(']');
        } else {
            out.append(scalar(node));
        }
    }

    private static String scalar(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isNumber()) {
            return GoNumber.isInteger(node) ? GoNumber.text(node) : GoNumber.shortest(node.doubleValue());
        }
        return node.isBoolean() ? node.asText() : "<nil>";
    }

    /** {@code %#v} of a value as go-yaml holds it: {@code map[interface {}]interface {}{"a":interface {}(nil)}}. */
    static String syntax(JsonNode node) {
        StringBuilder out = new StringBuilder();
        syntax(node, "interface {}", out);
        return out.toString();
    }

    /** {@code %#v} of a decoded object: {@code map[string]interface {}{"a":1}}. */
    public static String objectSyntax(JsonNode node) {
        StringBuilder out = new StringBuilder();
        syntax(node, "string", out);
        return out.toString();
    }

    private static void syntax(JsonNode node, String keys, StringBuilder out) {
        if (node.isObject()) {
            out.append("map[").append(keys).append("]interface {}{");
            String separator = "";
            for (Map.Entry<String, JsonNode> field : sorted(node)) {
                out.append(separator).append(quoted(field.getKey())).append(':');
                syntax(field.getValue(), keys, out);
                separator = ", ";
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append("[]interface {}{");
            for (int i = 0; i < node.size(); i++) {
                syntax(node.get(i), keys, i == 0 ? out : out.append(", "));
            }
            out.append('}');
        } else if (node.isNull()) {
            out.append("interface {}(nil)");
        } else {
            out.append(node.isTextual() ? quoted(node.textValue()) : scalar(node));
        }
    }

    /** The fields of an object by key, as Go prints and encodes maps. */
    public static List<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
        Collections.sort(fields, Map.Entry.comparingByKey());
        return fields;
    }

    private static void escaped(StringBuilder out, int c, char quote) {
        if (c == quote || c == '\\') {
            out.append('\\').append((char) c);
            return;
        }
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 7 -> out.append("\\a");
            case 8 -> out.append("\\b");
            case 11 -> out.append("\\v");
            case 12 -> out.append("\\f");
            default -> {
                if (printable(c)) {
                    out.appendCodePoint(c);
                } else if (c < 0x80) {
                    hex(out.append("\\x"), c, 2);
                } else if (c < 0x10000) {
                    hex(out.append("\\u"), c, 4);
                } else {
                    hex(out.append("\\U"), c, 8);
                }
            }
        }
    }

    static void hex(StringBuilder out, int value, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(value >> shift & 15));
        }
    }

    /** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
    public static boolean printable(int c) {
        if (c < 0x7F) {
            return c >= 0x20;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
