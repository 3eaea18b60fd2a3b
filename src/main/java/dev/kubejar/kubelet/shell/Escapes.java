package dev.kubejar.kubelet.shell;

/** Backslash escapes as {@code echo -e}, {@code printf} and {@code $'…'} read them. */
public final class Escapes {
    private Escapes() {}

    /** A decoded text, and whether {@code \c} cut it short. */
    public record Decoded(String text, boolean cut) {}

    /** Decodes; octal numbers are {@code \0nnn} for echo and {@code %b}, {@code \nnn} elsewhere. */
    public static Decoded decode(String text, boolean bareOctal) {
        if (text.indexOf('\\') < 0) {
            return new Decoded(text, false);
        }
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\' || i == text.length()) {
                out.append(c);
                continue;
            }
            c = text.charAt(i++);
            int plain = "abefnrtv\\\"'".indexOf(c);
            if (plain >= 0 && (bareOctal || c != '"' && c != '\'')) {
                out.append("\007\b\033\f\n\r\t\013\\\"'".charAt(plain));
            } else if (c == 'c') {
                return new Decoded(out.toString(), true);
            } else if (c == 'x' && i < text.length() && Character.digit(text.charAt(i), 16) >= 0) {
                int end = digits(text, i, 16, 2);
                out.append((char) Integer.parseInt(text.substring(i, end), 16));
                i = end;
            } else if (c >= '0' && c <= '7') {
                int start = c == '0' && !bareOctal ? i : i - 1;
                int end = digits(text, start, 8, 3);
                out.append((char) (end == start ? 0 : Integer.parseInt(text.substring(start, end), 8) & 0xFF));
                i = end;
            } else {
                out.append('\\').append(c);
            }
        }
        return new Decoded(out.toString(), false);
    }

    private static int digits(String text, int from, int radix, int most) {
        int end = from;
        while (end < text.length() && end < from + most && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }
}
