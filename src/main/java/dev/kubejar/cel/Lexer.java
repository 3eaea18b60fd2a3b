package dev.kubejar.cel;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens. */
final class Lexer {
    enum Kind {
        IDENT,
        INT,
        UINT,
        FLOAT,
        STRING,
        BYTES,
        SYMBOL,
        END
    }

    /** A token; {@code at} is its offset in code points. */
    record Token(Kind kind, String text, int at) {
        boolean is(String symbol) {
            return (kind == Kind.SYMBOL || kind == Kind.IDENT) && text.equals(symbol);
        }

        String shown() {
            return kind == Kind.END ? "<EOF>" : text;
        }
    }

    private static final String[] SYMBOLS = {
        "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":", "+",
        "*", "/", "%"
    };

    private final int[] source;
    private final Faults faults;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text, Faults faults) {
        source = text.codePoints().toArray();
        this.faults = faults;
    }

    static List<Token> tokens(String text, Faults faults) {
        Lexer lexer = new Lexer(text, faults);
        lexer.read();
        return lexer.tokens;
    }

    private int peek(int ahead) {
        return at + ahead < source.length ? source[at + ahead] : -1;
    }

    private String text(int from, int to) {
        return new String(source, from, to - from);
    }

    private void read() {
        while (at < source.length) {
            int c = source[at];
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                at++;
            } else if (c == '/' && peek(1) == '/') {
                while (at < source.length && source[at] != '\n') {
                    at++;
                }
            } else if (string() || number() || word() || symbol()) {
                continue;
            } else {
                unknown();
            }
        }
        tokens.add(new Token(Kind.END, "<EOF>", source.length));
    }

    private void unknown() {
        int start = at++;
        int c = source[start];
        String shown = text(start, at);
        if ((c == '=' || c == '&' || c == '|') && at < source.length) {
            shown = text(start, at + 1);
        }
        if (c == '"' || c == '\'') {
            shown = text(start, source.length);
            at = source.length;
        }
        shown = shown.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
        faults.add(start, "Syntax error: token recognition error at: '" + shown + "'");
    }

    private static boolean letter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private boolean word() {
        if (!letter(source[at])) {
            return false;
        }
        int start = at;
        while (at < source.length && (letter(source[at]) || digit(source[at]))) {
            at++;
        }
        tokens.add(new Token(Kind.IDENT, text(start, at), start));
        return true;
    }

    private boolean symbol() {
        for (String each : SYMBOLS) {
            if (source[at] == each.charAt(0) && (each.length() == 1 || peek(1) == each.charAt(1))) {
                tokens.add(new Token(Kind.SYMBOL, each, at));
                at += each.length();
                return true;
            }
        }
        return false;
    }

    private boolean number() {
        int start = at;
        int i = at;
        if (source[i] == '0' && (peek(1) == 'x' || peek(1) == 'X') && Character.digit(peek(2), 16) >= 0) {
            i += 2;
            while (i < source.length && Character.digit(source[i], 16) >= 0) {
                i++;
            }
            return number(start, i, Kind.INT);
        }
        while (i < source.length && digit(source[i])) {
            i++;
        }
        int whole = i;
        boolean fraction = i + 1 < source.length && source[i] == '.' && digit(source[i + 1]);
        if (whole == start && !fraction) {
            return false;
        }
        if (fraction) {
            i++;
            while (i < source.length && digit(source[i])) {
                i++;
            }
        }
        boolean exponent = false;
        if (i < source.length && (source[i] == 'e' || source[i] == 'E')) {
            int j = i + 1;
            j += j < source.length && (source[j] == '+' || source[j] == '-') ? 1 : 0;
            if (j < source.length && digit(source[j])) {
                exponent = true;
                while (j < source.length && digit(source[j])) {
                    j++;
                }
                i = j;
            }
        }
        return number(start, i, fraction || exponent ? Kind.FLOAT : Kind.INT);
    }

    private boolean number(int start, int end, Kind kind) {
        at = end;
        if (kind == Kind.INT && (peek(0) == 'u' || peek(0) == 'U')) {
            tokens.add(new Token(Kind.UINT, text(start, end), start));
            at++;
        } else {
            tokens.add(new Token(kind, text(start, end), start));
        }
        return true;
    }

    private boolean string() {
        int i = at;
        boolean raw = false;
        boolean bytes = false;
        while (i < source.length && i < at + 2 && "rRbB".indexOf(source[i]) >= 0) {
            raw |= source[i] == 'r' || source[i] == 'R';
            bytes |= source[i] == 'b' || source[i] == 'B';
            i++;
        }
        if (i >= source.length || source[i] != '"' && source[i] != '\'') {
            return false;
        }
        int quote = source[i];
        boolean triple = i + 2 < source.length && source[i + 1] == quote && source[i + 2] == quote;
        int open = i + (triple ? 3 : 1);
        int close = close(open, quote, triple, raw);
        if (close < 0) {
            return false;
        }
        String content = text(open, close);
        String value = raw ? content : Escapes.resolve(content, bytes);
        if (value == null) {
            return false;
        }
        tokens.add(new Token(bytes ? Kind.BYTES : Kind.STRING, value, at));
        at = close + (triple ? 3 : 1);
        return true;
    }

    private int close(int open, int quote, boolean triple, boolean raw) {
        for (int i = open; i < source.length; i++) {
            if (source[i] == '\\' && !raw) {
                i++;
            } else if (source[i] == '\n' && !triple) {
                return -1;
            } else if (source[i] == quote) {
                boolean three = i + 2 < source.length && source[i + 1] == quote && source[i + 2] == quote;
                if (!triple || three) {
                    return i;
                }
            }
        }
        return -1;
    }
}
