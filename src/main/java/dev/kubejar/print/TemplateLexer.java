package dev.kubejar.print;

import dev.kubejar.object.GoText;
import dev.kubejar.print.TemplateToken.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parts a Go template into text and the words of its actions. */
final class TemplateLexer {
    private static final Set<String> KEYWORDS =
            Set.of("block", "break", "continue", "define", "else", "end", "if", "range", "template", "with");

    private final String input;
    private final List<TemplateToken> tokens = new ArrayList<>();
    private int pos;
    private int parens;
    private boolean trimNext;

    private TemplateLexer(String input) {
        this.input = input;
    }

    /** The tokens; the last is the end or an error. */
    static List<TemplateToken> tokens(String input) {
        TemplateLexer lexer = new TemplateLexer(input);
        while (lexer.pos <= input.length() && lexer.text() && lexer.action()) {
            // text and actions alternate
        }
        return lexer.tokens;
    }

    private void add(Type type, int from) {
        tokens.add(new TemplateToken(type, input.substring(from, pos), from));
    }

    private boolean fail(String message, int at) {
        tokens.add(new TemplateToken(Type.ERROR, message, at));
        return false;
    }

    private boolean text() {
        int start = pos;
        if (trimNext) {
            while (start < input.length() && space(input.charAt(start))) {
                start++;
            }
            trimNext = false;
        }
        int left = input.indexOf("{{", start);
        int end = left < 0 ? input.length() : left;
        int to = end;
        if (left >= 0 && trimmedLeft(left)) {
            while (to > start && space(input.charAt(to - 1))) {
                to--;
            }
        }
        if (to > start) {
            tokens.add(new TemplateToken(Type.TEXT, input.substring(start, to), start));
        }
        pos = end;
        if (left < 0) {
            tokens.add(new TemplateToken(Type.EOF, "", pos));
            return false;
        }
        return true;
    }

    private boolean trimmedLeft(int left) {
        return input.startsWith("-", left + 2) && left + 3 < input.length() && space(input.charAt(left + 3));
    }

    private static boolean space(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private boolean rightAt(int at) {
        return input.startsWith("}}", at)
                || at < input.length() && space(input.charAt(at)) && input.startsWith("-}}", at + 1);
    }

    private void right() {
        if (!input.startsWith("}}", pos)) {
            trimNext = true;
            pos += 2;
        }
        pos += 2;
    }

    private boolean action() {
        int start = pos;
        int inside = pos + (trimmedLeft(pos) ? 4 : 2);
        if (input.startsWith("/*", inside)) {
            return comment(inside);
        }
        pos = trimmedLeft(pos) ? pos + 3 : inside;
        tokens.add(new TemplateToken(Type.LEFT, "{{", start));
        parens = 0;
        while (!rightAt(pos)) {
            if (pos >= input.length()) {
                return fail("unclosed action", pos);
            }
            if (!token()) {
                return false;
            }
        }
        if (parens > 0) {
            return fail("unclosed left paren", pos);
        }
        int end = pos;
        right();
        tokens.add(new TemplateToken(Type.RIGHT, "}}", end));
        return true;
    }

    private boolean comment(int inside) {
        int close = input.indexOf("*/", inside + 2);
        if (close < 0) {
            return fail("unclosed comment", pos);
        }
        pos = close + 2;
        if (!rightAt(pos)) {
            return fail("comment ends before closing delimiter", pos);
        }
        right();
        return true;
    }

    private boolean token() {
        int start = pos;
        char c = input.charAt(pos++);
        if (space(c)) {
            while (pos < input.length() && space(input.charAt(pos)) && !rightAt(pos)) {
                pos++;
            }
            add(Type.SPACE, start);
            return true;
        }
        switch (c) {
            case '=', ',', '|' -> add(c == '=' ? Type.ASSIGN : c == ',' ? Type.COMMA : Type.PIPE, start);
            case ':' -> {
                if (!input.startsWith("=", pos)) {
                    return fail("expected :=", start);
                }
                pos++;
                add(Type.DECLARE, start);
            }
            case '"', '`', '\'' -> {
                return quoted(c, start);
            }
            case '$' -> {
                return name(Type.VARIABLE, start);
            }
            case '.' -> {
                boolean digit = pos < input.length() && Character.isDigit(input.charAt(pos));
                return digit ? number(start) : name(Type.FIELD, start);
            }
            case '(' -> {
                parens++;
                add(Type.OPEN, start);
            }
            case ')' -> {
                if (--parens < 0) {
                    return fail("unexpected right paren", start);
                }
                add(Type.CLOSE, start);
            }
            default -> {
                return other(c, start);
            }
        }
        return true;
    }

    private boolean other(char c, int start) {
        if (c == '+' || c == '-' || c >= '0' && c <= '9') {
            return number(start);
        }
        if (alphanumeric(c)) {
            return identifier(start);
        }
        if (c > ' ' && c < 0x7F) {
            add(Type.CHAR, start);
            return true;
        }
        return fail("unrecognized character in action: " + codePoint(input.codePointAt(start)), start);
    }

    private static String codePoint(int c) {
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        String name = "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
        return GoText.printable(c) ? name + " '" + Character.toString(c) + "'" : name;
    }

    private static boolean alphanumeric(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private void skipWord() {
        while (pos < input.length() && alphanumeric(input.charAt(pos))) {
            pos++;
        }
    }

    private boolean terminated() {
        return pos >= input.length()
                || space(input.charAt(pos))
                || ".,|:()=".indexOf(input.charAt(pos)) >= 0
                || input.startsWith("}}", pos);
    }

    private boolean identifier(int start) {
        skipWord();
        if (!terminated()) {
            return fail("bad character " + codePoint(input.codePointAt(pos)), start);
        }
        String word = input.substring(start, pos);
        Type type = KEYWORDS.contains(word)
                ? Type.KEYWORD
                : word.equals("true") || word.equals("false")
                        ? Type.BOOL
                        : word.equals("nil") ? Type.NIL : Type.IDENTIFIER;
        add(type, start);
        return true;
    }

    private boolean name(Type type, int start) {
        if (terminated()) {
            add(type == Type.FIELD ? Type.DOT : type, start);
            return true;
        }
        skipWord();
        if (!terminated()) {
            return fail("bad character " + codePoint(input.codePointAt(pos)), start);
        }
        add(type, start);
        return true;
    }

    private boolean number(int start) {
        while (pos < input.length()
                && (alphanumeric(input.charAt(pos))
                        || input.charAt(pos) == '.'
                        || "+-".indexOf(input.charAt(pos)) >= 0 && "eEpP".indexOf(input.charAt(pos - 1)) >= 0)) {
            pos++;
        }
        String text = input.substring(start, pos);
        if (TemplateNumber.parse(text) == null) {
            return fail("bad number syntax: " + GoText.quoted(text), start);
        }
        add(Type.NUMBER, start);
        return true;
    }

    private boolean quoted(char quote, int start) {
        while (pos < input.length() && input.charAt(pos) != quote) {
            char c = input.charAt(pos++);
            if (quote != '`' && c == '\\' && pos < input.length()) {
                c = input.charAt(pos++);
            }
            if (quote != '`' && c == '\n') {
                break;
            }
        }
        if (pos >= input.length() || input.charAt(pos) != quote) {
            return fail(
                    quote == '"'
                            ? "unterminated quoted string"
                            : quote == '`' ? "unterminated raw quoted string" : "unterminated character constant",
                    start);
        }
        pos++;
        add(quote == '"' ? Type.STRING : quote == '`' ? Type.RAW_STRING : Type.CHARACTER, start);
        return true;
    }
}
