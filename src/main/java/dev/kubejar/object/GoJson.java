package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON as Go's encoding/json writes and reads it: keys sorted, {@code <}, {@code >} and {@code &} as escapes. */
public final class GoJson {
    private final StringBuilder out = new StringBuilder(512);
    private final String indent;
    private final boolean inOrder;

    private GoJson(String indent, boolean inOrder) {
        this.indent = indent;
        this.inOrder = inOrder;
    }

    /** One line, no spaces. */
    public static String compact(JsonNode node) {
        GoJson json = new GoJson(null, false);
        json.node(node, 0);
        return json.out.toString();
    }

    /** One line with keys as the tree has them. */
    public static String compactInOrder(JsonNode node) {
        GoJson json = new GoJson(null, true);
        json.node(node, 0);
        return json.out.toString();
    }

    /** A field a line, each level indented by {@code indent}; no newline at the end. */
    public static String indented(JsonNode node, String indent) {
        GoJson json = new GoJson(indent, false);
        json.node(node, 0);
        return json.out.toString();
    }

    /** The same with keys as the tree has them: the form of Go's typed objects. */
    public static String indentedInOrder(JsonNode node, String indent) {
        GoJson json = new GoJson(indent, true);
        json.node(node, 0);
        return json.out.toString();
    }

    /**
     * Reads one value, as json.Unmarshal does.
     *
     * @throws ParseError {@code invalid character '}' looking for beginning of object key string}
     */
    public static JsonNode read(String text) {
        return JsonReader.only(text.getBytes(StandardCharsets.UTF_8), Limits.FILES);
    }

    private void node(JsonNode node, int level) {
        if (node.isObject()) {
            out.append('{');
            String separator = "";
            for (Map.Entry<String, JsonNode> field : inOrder ? node.properties() : GoText.sorted(node)) {
                out.append(separator);
                line(level + 1);
                string(field.getKey(), out);
                out.append(indent == null ? ":" : ": ");
                node(field.getValue(), level + 1);
                separator = ",";
            }
            close('}', level, node.isEmpty());
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i == 0 ? "" : ",");
                line(level + 1);
                node(node.get(i), level + 1);
            }
            close(']', level, node.isEmpty());
        } else {
            scalar(node);
        }
    }

    private void scalar(JsonNode node) {
        if (node.isTextual()) {
            string(node.textValue(), out);
        } else if (node.isNumber()) {
            out.append(GoNumber.text(node));
        } else {
            out.append(node.isBoolean() ? node.asText() : "null");
        }
    }

    private void close(char bracket, int level, boolean empty) {
        if (!empty) {
            line(level);
        }
        out.append(bracket);
    }

    private void line(int level) {
        if (indent != null) {
            out.append('\n');
            for (int i = 0; i < level; i++) {
                out.append(indent);
            }
        }
    }

    /** A string in quotes, with Go's HTML-safe escapes. */
    static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> GoText.hex(out.append("\\u"), c, 4);
                default -> {
                    if (c < 0x20) {
                        GoText.hex(out.append("\\u"), c, 4);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
