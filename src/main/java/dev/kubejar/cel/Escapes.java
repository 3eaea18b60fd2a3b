package dev.kubejar.cel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Escape sequences of string and bytes literals. */
final class Escapes {
    private Escapes() {}

    /**
     * The text meant; of bytes, one char a byte. Null where a sequence is none.
     */
    static String resolve(String text, boolean bytes) {
        StringBuilder out = new StringBuilder();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\\') {
                append(c, bytes, false, out, raw);
                continue;
            }
            if (i >= text.length()) {
                return null;
            }
            char next = text.charAt(i++);
            int plain = "abfnrtv\\'\"`?".indexOf(next);
            if (plain >= 0) {
                append("\u0007\b\f\n\r\t\u000b\\'\"`?".charAt(plain), bytes, false, out, raw);
                continue;
            }
            int digits =
                    switch (next) {
                        case 'x', 'X' -> 2;
                        case 'u' -> 4;
                        case 'U' -> 8;
                        case '0', '1', '2', '3' -> 3;
                        default -> -1;
                    };
            boolean octal = digits == 3;
            int start = octal ? i - 1 : i;
            if (digits < 0 || start + digits > text.length()) {
                return null;
            }
            int value;
            try {
                value = Integer.parseInt(text.substring(start, start + digits), octal ? 8 : 16);
            } catch (NumberFormatException e) {
                return null;
            }
            i = start + digits;
            append(value, bytes, octal || digits == 2, out, raw);
        }
        return bytes ? raw.toString(StandardCharsets.ISO_8859_1) : out.toString();
    }

    private static void append(int c, boolean bytes, boolean octet, StringBuilder out, ByteArrayOutputStream raw) {
        if (!bytes) {
            out.appendCodePoint(c);
        } else if (octet) {
            raw.write(c);
        } else {
            raw.writeBytes(new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8));
        }
    }
}
