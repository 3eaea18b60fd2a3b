package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** KYAML (KEP-5295): YAML in braces and brackets, values quoted, keys quoted where they could be mistaken. */
final class KyamlWriter {
    private final StringBuilder out = new StringBuilder(512);

    String document(JsonNode root) {
        out.append("---\n");
        node(root, 0);
        return out.append('\n').toString();
    }

    private void node(JsonNode node, int indent) {
        if (node.isObject()) {
            map(node, indent);
        } else if (node.isArray()) {
            list(node, indent);
        } else if (node.isTextual()) {
            value(node.textValue(), indent + 1);
        } else {
            out.append(node.isNumber() ? GoNumber.text(node) : node.isNull() ? "null" : node.asText());
        }
    }

    private void indent(int level) {
        for (int i = 0; i < level; i++) {
            out.append("  ");
        }
    }

    private void map(JsonNode map, int indent) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append("{\n");
        for (Map.Entry<String, JsonNode> field : GoText.sorted(map)) {
            indent(indent + 1);
            key(field.getKey());
            out.append(": ");
            node(field.getValue(), indent + 1);
            out.append(",\n");
        }
        indent(indent);
        out.append('}');
    }

    private void list(JsonNode list, int indent) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        boolean cuddled = true;
        for (JsonNode item : list) {
            cuddled &= item.isContainerNode();
        }
        out.append('[');
        if (cuddled) {
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                node(list.get(i), indent);
            }
        } else {
            out.append('\n');
            for (JsonNode item : list) {
                indent(indent + 1);
                node(item, indent + 1);
                out.append(",\n");
            }
            indent(indent);
        }
        out.append(']');
    }

    private void key(String key) {
        if (!key.isEmpty() && simple(key) && !ambiguous(key)) {
            out.append(key);
            return;
        }
        out.append('"');
        for (int i = 0; i < key.length(); ) {
            int c = key.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\n' || c == '\t') {
                out.append(c == '\n' ? "\\n" : "\\t");
            } else {
                character(c);
            }
        }
        out.append('"');
    }

    private static boolean simple(String key) {
        for (int i = 0; i < key.length(); ) {
            int c = key.codePointAt(i);
            int next = i + Character.charCount(c);
            boolean inside = i > 0 && next < key.length();
            if (!Character.isLetterOrDigit(c) && c != '_' && (!inside || c != '-' && c != '.' && c != '/')) {
                return false;
            }
            i = next;
        }
        return true;
    }

    private static boolean ambiguous(String key) {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "null", "true", "y", "yes", "on", "false", "n", "no", "off", "t", "f", "inf", "infinity", "nan":
                return true;
            default:
                YamlScalars.Resolved resolved = YamlScalars.resolve(key);
                return resolved.tag() != YamlScalars.Tag.STR;
        }
    }

    /** A quoted value; one of several lines has each on a line of its own, by YAML's escaped line breaks. */
    private void value(String text, int indent) {
        boolean lines = text.indexOf('\n') >= 0;
        out.append('"').append(lines ? "\\\n" : "");
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (out.charAt(out.length() - 1) == '\n') {
                indent(indent);
                out.append(c != '\n' && (Character.isWhitespace(c) || c == 0x85 || c == 0xA0) ? '\\' : ' ');
            }
            if (c == '\n') {
                out.append("\\n\\\n");
            } else if (c == '\t') {
                out.append('\t');
            } else {
                character(c);
            }
        }
        if (lines) {
            if (out.charAt(out.length() - 1) != '\n') {
                out.append("\\\n");
            }
            indent(indent);
        }
        out.append('"');
    }

    private void character(int c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if (GoText.printable(c)) {
            out.appendCodePoint(c);
        } else {
            out.append('\\');
            int known = "\u0007\b\f\r\u000b\0\u001b\u0085\u00a0\u2028\u2029".indexOf(c);
            if (known >= 0) {
                out.append("abfrv0eN_LP".charAt(known));
            } else if (c < 0x80) {
                GoText.hex(out.append('x'), c, 2);
            } else if (c < 0x10000) {
                GoText.hex(out.append('u'), c, 4);
            } else {
                GoText.hex(out.append('U'), c, 8);
            }
        }
    }
}
