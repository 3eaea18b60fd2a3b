package dev.kubejar.object;

/** How go-yaml v2 writes a string: plain, in quotes of one kind or the other, or as a block. */
final class YamlText {
    enum Style {
        PLAIN,
        SINGLE,
        DOUBLE,
        LITERAL
    }

    private YamlText() {}

    static Style style(String text, boolean simpleKey) {
        if (text.isEmpty() || text.equals("<<")) { // go-yaml v2 forgets to quote <<, and reads a merge key back
            return Style.DOUBLE;
        }
        boolean lines = text.indexOf('\n') >= 0;
        if (!lines && YamlScalars.special(text)) {
            return Style.DOUBLE;
        }
        Seen seen = analyzed(text);
        if (lines) {
            boolean block =
                    !seen.special && !seen.spaceBeforeBreak && !seen.trailingSpace && !seen.oddBreak && !simpleKey;
            return block ? Style.LITERAL : Style.DOUBLE;
        }
        if (seen.special || seen.spaceBeforeBreak || seen.oddBreak) {
            return Style.DOUBLE;
        }
        boolean edge = text.charAt(0) == ' ' || seen.trailingSpace;
        return edge || seen.indicator ? Style.SINGLE : Style.PLAIN;
    }

    private static final class Seen {
        boolean special;
        boolean indicator;
        boolean spaceBeforeBreak;
        boolean trailingSpace;
        boolean oddBreak;
    }

    private static Seen analyzed(String text) {
        Seen seen = new Seen();
        seen.indicator = text.startsWith("---") || text.startsWith("...") || startsWithIndicator(text);
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 ? c != '\n' : c > 0x7E && !printable(c)) {
                seen.special = true;
            }
            if (c == '\n' && before == ' ' && i > 0) {
                seen.spaceBeforeBreak = true;
            }
            if (c == '\u2028' || c == '\u2029') {
                seen.oddBreak = true;
            }
            if (i > 0 && (c == ':' && blankAt(text, i + 1) || c == '#' && (before == ' ' || before == '\n'))) {
                seen.indicator = true;
            }
            before = c;
        }
        seen.trailingSpace = before == ' ';
        return seen;
    }

    private static boolean startsWithIndicator(String text) {
        char c = text.charAt(0);
        return switch (c) {
            case '#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> true;
            case '?', ':', '-' -> blankAt(text, 1);
            default -> false;
        };
    }

    private static boolean blankAt(String text, int i) {
        return i >= text.length() || text.charAt(i) == ' ' || text.charAt(i) == '\t' || text.charAt(i) == '\n';
    }

    // Characters past the basic plane are not among those that go-yaml v2 leaves as they are.
    private static boolean printable(char c) {
        return c >= 0xA0 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF;
    }

    /** The inside of a double-quoted scalar. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean plain = c >= 0x20 && c <= 0x7E && c != '"' && c != '\\'
                    || c > 0x7E && c < 0x10000 && c != 0x2028 && c != 0x2029 && printable((char) c);
            if (plain) {
                out.append((char) c);
            } else {
                escape(out.append('\\'), c);
            }
        }
        return out.toString();
    }

    private static void escape(StringBuilder out, int c) {
        switch (c) {
            case 0 -> out.append('0');
            case 7 -> out.append('a');
            case 8 -> out.append('b');
            case 9 -> out.append('t');
            case 10 -> out.append('n');
            case 11 -> out.append('v');
            case 12 -> out.append('f');
            case 13 -> out.append('r');
            case 27 -> out.append('e');
            case '"', '\\' -> out.append((char) c);
            case 0x85 -> out.append('N');
            case 0x2028 -> out.append('L');
            case 0x2029 -> out.append('P');
            default -> {
                int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
                out.append(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
                int from = out.length();
                GoText.hex(out, c, digits);
                for (int i = from; i < out.length(); i++) {
                    out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
                }
            }
        }
    }
}
