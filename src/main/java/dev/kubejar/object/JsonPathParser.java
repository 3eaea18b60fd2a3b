package dev.kubejar.object;

import dev.kubejar.object.JsonPathNode.Field;
import dev.kubejar.object.JsonPathNode.Filter;
import dev.kubejar.object.JsonPathNode.Identifier;
import dev.kubejar.object.JsonPathNode.Literal;
import dev.kubejar.object.JsonPathNode.Recursive;
import dev.kubejar.object.JsonPathNode.Slice;
import dev.kubejar.object.JsonPathNode.Steps;
import dev.kubejar.object.JsonPathNode.Union;
import dev.kubejar.object.JsonPathNode.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a JSONPath template, stumbling where client-go's parser stumbles. */
final class JsonPathParser {
    private static final int EOF = -1;

    private final String input;
    private final List<JsonPathNode> root = new ArrayList<>();
    private int pos;
    private int start;

    JsonPathParser(String input) {
        this.input = input;
    }

    List<JsonPathNode> parse() {
        while (true) {
            int brace = input.indexOf('{', pos);
            pos = brace < 0 ? input.length() : brace;
            if (pos > start) {
                root.add(text(taken()));
            }
            if (brace < 0) {
                return root;
            }
            pos++;
            taken();
            List<JsonPathNode> nodes = new ArrayList<>();
            action(nodes);
            root.add(new Steps(nodes));
        }
    }

    private static Steps inner(String text) {
        return (Steps) new JsonPathParser("{" + text + "}").parse().get(0);
    }

    private static Literal text(String text) {
        return new Literal(Json.NODES.textNode(text));
    }

    private String taken() {
        String text = input.substring(start, pos);
        start = pos;
        return text;
    }

    private int next() {
        return pos < input.length() ? input.charAt(pos++) : EOF;
    }

    private int peek() {
        return pos < input.length() ? input.charAt(pos) : EOF;
    }

    /** One expression, up to and with its closing brace. */
    private void action(List<JsonPathNode> into) {
        while (!input.startsWith("}", pos)) {
            if (input.startsWith("[?(", pos)) {
                filter(into);
            } else if (input.startsWith("..", pos)) {
                recursive(into);
            } else {
                step(into);
            }
        }
        pos++;
        taken();
    }

    private void step(List<JsonPathNode> into) {
        int c = next();
        if (c == EOF || c == '\r' || c == '\n') {
            throw new ParseError("unclosed action");
        } else if (c == ' ' || c == '@' || c == '$') {
            taken();
        } else if (c == '[') {
            array(into);
        } else if (c == '"' || c == '\'') {
            quoted(into, c);
        } else if (c == '.') {
            field(into);
        } else if (c == '+' || c == '-' || Character.isDigit(c)) {
            pos--;
            number(into);
        } else if (alphanumeric(c)) {
            pos--;
            identifier(into);
        } else {
            int point = input.codePointAt(pos - 1);
            throw new ParseError("unrecognized character in action: " + codePoint(point));
        }
    }

    private static String codePoint(int c) {
        StringBuilder out = new StringBuilder("U+");
        GoText.hex(out, c, c > 0xFFFFF ? 6 : c > 0xFFFF ? 5 : 4);
        String name = out.toString().toUpperCase(Locale.ROOT);
        return GoText.printable(c) ? name + " '" + Character.toString(c) + "'" : name;
    }

    private void identifier(List<JsonPathNode> into) {
        while (!terminator(peek())) {
            pos++;
        }
        String word = taken();
        if (word.equals("true") || word.equals("false")) {
            into.add(new Literal(Json.NODES.booleanNode(word.equals("true"))));
        } else {
            into.add(new Identifier(word));
        }
    }

    private void recursive(List<JsonPathNode> into) {
        if (!into.isEmpty() && into.get(into.size() - 1) instanceof Recursive) {
            throw new ParseError("invalid multiple recursive descent");
        }
        pos += 2;
        taken();
        into.add(new Recursive());
        if (alphanumeric(peek())) {
            field(into);
        }
    }

    private void number(List<JsonPathNode> into) {
        if (peek() == '+' || peek() == '-') {
            pos++;
        }
        while (peek() == '.' || peek() != EOF && Character.isDigit(peek())) {
            pos++;
        }
        String text = taken();
        try {
            into.add(new Literal(GoNumber.node(Long.parseLong(text))));
        } catch (NumberFormatException notWhole) {
            try {
                into.add(new Literal(Json.NODES.numberNode(Double.parseDouble(text))));
            } catch (NumberFormatException e) {
                throw new ParseError("cannot parse number " + text);
            }
        }
    }

    private void field(List<JsonPathNode> into) {
        taken();
        for (int c = next(); ; c = next()) {
            if (c == '\\') {
                next();
            } else if (terminator(c)) {
                pos -= c == EOF ? 0 : 1;
                break;
            }
        }
        String name = taken();
        into.add(name.equals("*") ? new Wildcard() : new Field(name.replace("\\", "")));
    }

    private void quoted(List<JsonPathNode> into, int quote) {
        while (true) {
            int c = next();
            if (c == EOF || c == '\n') {
                throw new ParseError("unterminated quoted string");
            }
            if (c == quote && input.charAt(pos - 2) != '\\') {
                break;
            }
        }
        String raw = taken();
        String value = raw.length() < 2 ? null : GoStrings.unquote(raw.substring(1, raw.length() - 1), (char) quote);
        if (value == null) {
            throw new ParseError("unquote string " + raw + " error invalid syntax");
        }
        into.add(text(value));
    }

    private void array(List<JsonPathNode> into) {
        for (int c = next(); c != ']'; c = next()) {
            if (c == EOF || c == '\n') {
                throw new ParseError("unterminated array");
            }
        }
        String raw = taken();
        String text = raw.substring(1, raw.length() - 1);
        text = text.equals("*") ? ":" : text;
        if (text.indexOf(',') >= 0) {
            List<Steps> parts = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                parts.add(inner("[" + trimmed(part) + "]"));
            }
            into.add(new Union(parts));
        } else if (text.length() > 1 && text.charAt(0) == '\'' && text.indexOf('\'', 1) == text.length() - 1) {
            into.addAll(inner("." + text.substring(1, text.length() - 1)).nodes());
        } else {
            into.add(slice(text));
        }
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    private static Slice slice(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw new ParseError("invalid array index " + text);
        }
        for (String part : parts) {
            for (int i = 0; i < part.length(); i++) {
                boolean digit = part.charAt(i) >= '0' && part.charAt(i) <= '9';
                if (!digit && (i > 0 || part.charAt(i) != '-')) {
                    throw new ParseError("invalid array index " + text);
                }
            }
        }
        Integer first = bound(parts[0]);
        if (parts.length == 1) {
            return new Slice(first, null, null, true);
        }
        return new Slice(first, bound(parts[1]), parts.length == 3 ? bound(parts[2]) : null, false);
    }

    private static Integer bound(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ParseError("array index " + text + " is not a number");
        }
    }

    private void filter(List<JsonPathNode> into) {
        pos += 3;
        taken();
        boolean begun = false;
        boolean ended = false;
        int pair = 0;
        for (int c = next(); c != ')' || begun != ended; c = next()) {
            if (c == EOF || c == '\n') {
                throw new ParseError("unterminated filter");
            }
            if (c == '"' || c == '\'') {
                if (!begun) {
                    begun = true;
                    pair = c;
                } else if (c == pair && input.charAt(pos - 2) != '\\') {
                    ended = true;
                }
            }
        }
        if (next() != ']') {
            throw new ParseError("unclosed array expect ]");
        }
        String raw = taken();
        into.add(condition(raw.substring(0, raw.length() - 2)));
    }

    private static Filter condition(String text) {
        int from = 0;
        while (from < text.length() && "!<>=".indexOf(text.charAt(from)) < 0) {
            from++;
        }
        int to = from;
        while (to < text.length() && "!<>=".indexOf(text.charAt(to)) >= 0) {
            to++;
        }
        if (to == text.length() && to > from + 1) { // the pattern leaves one character for the right side
            to--;
        }
        if (from == 0 || from == to || to == text.length()) {
            return new Filter(inner(text), new Steps(List.of()), "exists");
        }
        return new Filter(inner(text.substring(0, from)), inner(text.substring(to)), text.substring(from, to));
    }

    private static boolean terminator(int c) {
        return c == EOF || " \t\r\n.,[]$@{}".indexOf(c) >= 0;
    }

    private static boolean alphanumeric(int c) {
        return c == '_' || c != EOF && Character.isLetterOrDigit(c);
    }
}
