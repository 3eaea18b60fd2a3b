package dev.kubejar.object;

/** Go's quoted strings, read. */
public final class GoStrings {
    private final String text;
    private final char quote;
    private int pos;

    private GoStrings(String text, char quote) {
        this.text = text;
        this.quote = quote;
    }

    /** The value of a string literal without its quotes, as strconv.UnquoteChar reads it; null where it is wrong. */
    public static String unquote(String inside, char quote) {
        if (inside.indexOf('\\') < 0 && inside.indexOf(quote) < 0) {
            return inside;
        }
        GoStrings reader = new GoStrings(inside, quote);
        StringBuilder out = new StringBuilder();
        while (reader.pos < inside.length()) {
            int c = reader.character();
            if (c < 0) {
                return null;
            }
            out.appendCodePoint(c);
        }
        return out.toString();
    }

    private int character() {
        char c = text.charAt(pos++);
        if (c == quote) {
            return -1;
        }
        if (c != '\\') {
            return c;
        }
        if (pos == text.length()) {
            return -1;
        }
        char e = text.charAt(pos++);
        return switch (e) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'x' -> number(2, 16);
            case 'u' -> number(4, 16);
            case 'U' -> number(8, 16);
            case '\\' -> '\\';
            case '\'', '"' -> e == quote ? e : -1;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                pos--;
                int value = number(3, 8);
                yield value > 255 ? -1 : value;
            }
            default -> -1;
        };
    }

    private int number(int digits, int radix) {
        if (pos + digits > text.length()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(text.charAt(pos++), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value > Character.MAX_CODE_POINT || value >= 0xD800 && value < 0xE000 ? -1 : (int) value;
    }
}
