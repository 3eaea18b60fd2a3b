package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lays out a tree as go-yaml v2's emitter does: two spaces a level, lists at their parent's column, long strings folded past 80 columns, keys in
 * go-yaml's own order, strings plain where they read back as strings.
 */
final class YamlWriter {
    private static final int SIMPLE_KEY = 128;
    private static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder(512);
    private int column;
    private int indent = -1;
    /** Whether the last thing written was white space, and whether the line so far is only indentation and indicators. */
    private boolean whitespace = true;

    private boolean indention = true;

    String text() {
        return out.toString();
    }

    void document(JsonNode root) {
        node(root, false, false);
        line();
    }

    private void node(JsonNode node, boolean inMap, boolean simpleKey) {
        if (node.isObject()) {
            if (node.isEmpty()) {
                indicator("{", true, false);
                indicator("}", false, false);
            } else {
                map(node);
            }
        } else if (node.isArray()) {
            if (node.isEmpty()) {
                indicator("[", true, false);
                indicator("]", false, false);
            } else {
                list(node, inMap);
            }
        } else if (node.isTextual()) {
            string(node.textValue(), simpleKey);
        } else {
            plain(scalar(node));
        }
    }

    private static String scalar(JsonNode node) {
        if (node.isNumber()) {
            String text = GoNumber.text(node);
            boolean whole = text.length() < 21 && text.indexOf('.') < 0 && text.indexOf('e') < 0;
            return whole && fits(text) ? text : GoNumber.shortest(node.doubleValue());
        }
        return node.isBoolean() ? node.asText() : "null";
    }

    private static boolean fits(String whole) {
        return whole.length() < 20 || whole.length() == 20 && whole.compareTo("18446744073709551615") <= 0;
    }

    private void map(JsonNode map) {
        int outer = indent;
        indent = indent < 0 ? 0 : indent + 2;
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(map.properties());
        fields.sort((a, b) -> YamlKeys.compare(a.getKey(), b.getKey()));
        for (Map.Entry<String, JsonNode> field : fields) {
            line();
            String key = field.getKey();
            if (simple(key)) {
                string(key, true);
                indicator(":", false, false);
            } else {
                indicator("?", true, true);
                string(key, false);
                line();
                indicator(":", true, true);
            }
            node(field.getValue(), true, false);
        }
        indent = outer;
    }

    private static boolean simple(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (isBreak(key.charAt(i))) {
                return false;
            }
        }
        return key.length() <= SIMPLE_KEY / 3 || key.getBytes(StandardCharsets.UTF_8).length <= SIMPLE_KEY;
    }

    private void list(JsonNode list, boolean inMap) {
        int outer = indent;
        boolean flush = inMap && !indention;
        if (!flush) {
            indent = indent < 0 ? 0 : indent + 2;
        }
        for (JsonNode item : list) {
            line();
            indicator("-", true, true);
            node(item, false, false);
        }
        indent = outer;
    }

    private void string(String text, boolean simpleKey) {
        int outer = indent;
        indent = indent < 0 ? 2 : indent + 2;
        YamlText.Style style = YamlText.style(text, simpleKey);
        switch (style) {
            case PLAIN -> {
                if (!whitespace) {
                    append(" ");
                }
                folded(text, !simpleKey, 0);
            }
            case SINGLE -> {
                indicator("'", true, false);
                folded(text, !simpleKey, 1);
                indicator("'", false, false);
            }
            case DOUBLE -> {
                indicator("\"", true, false);
                escaped(text, !simpleKey);
                indicator("\"", false, false);
            }
            case LITERAL -> literal(text);
        }
        if (style != YamlText.Style.LITERAL) {
            whitespace = false;
            indention = false;
        }
        indent = outer;
    }

    /** Plain or single-quoted text ({@code edge} 1), broken at the first single space past the width. */
    private void folded(String text, boolean breaks, int edge) {
        int end = text.length();
        int from = 0;
        for (int space = text.indexOf(' '); breaks && space >= 0; space = text.indexOf(' ', space + 1)) {
            append(quoted(text.substring(from, space), edge));
            from = space;
            boolean inside = edge == 0 || space > 0 && space < end - 1;
            boolean single = !spaceAt(text, space - 1) && !spaceAt(text, space + 1);
            if (column > WIDTH && inside && single) {
                indention = false;
                line();
                from++;
            }
        }
        append(quoted(text.substring(from), edge));
    }

    private static String quoted(String text, int edge) {
        return edge == 0 ? text : text.replace("'", "''");
    }

    private static boolean spaceAt(String text, int i) {
        return i >= 0 && i < text.length() && text.charAt(i) == ' ';
    }

    private void escaped(String text, boolean breaks) {
        int end = text.length();
        int from = 0;
        for (int space = text.indexOf(' '); breaks && space >= 0; space = text.indexOf(' ', space + 1)) {
            append(YamlText.escaped(text.substring(from, space)));
            from = space;
            if (column > WIDTH && space > 0 && space < end - 1 && !spaceAt(text, space - 1)) {
                indention = false;
                line();
                append(spaceAt(text, space + 1) ? "\\" : "");
                from++;
            }
        }
        append(YamlText.escaped(text.substring(from)));
    }

    private void plain(String text) {
        if (!whitespace) {
            append(" ");
        }
        append(text);
        whitespace = false;
        indention = false;
    }

    private void literal(String text) {
        indicator("|", true, false);
        char first = text.charAt(0);
        if (first == ' ' || isBreak(first)) {
            indicator("2", false, false);
        }
        int end = text.length() - 1;
        if (text.charAt(end) != '\n') {
            indicator("-", false, false);
        } else if (end == 0 || text.charAt(end - 1) == '\n') {
            indicator("+", false, false);
        }
        newline();
        indention = true;
        whitespace = true;
        for (int from = 0; from <= end; ) {
            int to = text.indexOf('\n', from);
            if (to != from) {
                line();
                append(text.substring(from, to < 0 ? end + 1 : to));
                indention = false;
            }
            if (to < 0) {
                break;
            }
            newline();
            indention = true;
            from = to + 1;
        }
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** Starts a line at the current indentation, unless the cursor stands on nothing but indentation already. */
    private void line() {
        int wanted = Math.max(indent, 0);
        if (!indention || column > wanted || column == wanted && !whitespace) {
            newline();
        }
        while (column < wanted) {
            append(" ");
        }
        whitespace = true;
        indention = true;
    }

    private void indicator(String text, boolean needsSpace, boolean keepsIndention) {
        if (needsSpace && !whitespace) {
            append(" ");
        }
        append(text);
        whitespace = false;
        indention = indention && keepsIndention;
    }

    private void append(String text) {
        out.append(text);
        column += text.codePointCount(0, text.length());
    }

    private void newline() {
        out.append('\n');
        column = 0;
    }
}
