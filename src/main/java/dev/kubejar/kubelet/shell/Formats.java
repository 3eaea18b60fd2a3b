package dev.kubejar.kubelet.shell;

import java.util.List;
import java.util.Locale;

/** What echo and printf print. */
public final class Formats {
    private static final int MAX_LENGTH = 16 << 20;

    private Formats() {}

    /** The arguments of echo with its options -n, -e and -E, the name first. */
    public static String echo(List<String> args) {
        int i = 1;
        boolean newline = true;
        boolean escapes = false;
        while (i < args.size() && args.get(i).length() > 1 && args.get(i).startsWith("-") && onlyOptions(args.get(i))) {
            for (char c : args.get(i).substring(1).toCharArray()) {
                newline &= c != 'n';
                escapes = c == 'e' || c != 'E' && escapes;
            }
            i++;
        }
        StringBuilder out = new StringBuilder();
        for (int first = i; i < args.size(); i++) {
            if (i > first) {
                out.append(' ');
            }
            if (!escapes) {
                out.append(args.get(i));
                continue;
            }
            Escapes.Decoded decoded = Escapes.decode(args.get(i), false);
            out.append(decoded.text());
            if (decoded.cut()) {
                return out.toString();
            }
        }
        return newline ? out.append('\n').toString() : out.toString();
    }

    private static boolean onlyOptions(String arg) {
        for (int i = 1; i < arg.length(); i++) {
            if ("neE".indexOf(arg.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Prints arguments by a format.
     *
     * @param args the name, the format, the arguments
     * @param who whose name errors begin with
     * @return the exit code
     */
    public static int printf(List<String> args, String who, StringBuilder out, StringBuilder err) {
        int first = args.size() > 1 && args.get(1).equals("--") ? 2 : 1;
        if (args.size() <= first) {
            err.append(who).append(": usage: printf FORMAT [ARGUMENT...]\n");
            return 2;
        }
        return new Printf(args.get(first), args.subList(first + 1, args.size()), who, out, err).run();
    }

    private static final class Printf {
        private final String format;
        private final List<String> args;
        private final String who;
        private final StringBuilder out;
        private final StringBuilder err;
        private int next;
        private int status;
        private boolean cut;

        Printf(String format, List<String> args, String who, StringBuilder out, StringBuilder err) {
            this.format = format;
            this.args = args;
            this.who = who;
            this.out = out;
            this.err = err;
        }

        int run() {
            do {
                int before = next;
                once();
                if (next == before) {
                    break;
                }
            } while (next < args.size() && !cut && out.length() < MAX_LENGTH);
            return status;
        }

        private String argument() {
            return next < args.size() ? args.get(next++) : null;
        }

        private void once() {
            int i = 0;
            while (i < format.length() && !cut) {
                char c = format.charAt(i);
                if (c == '\\') {
                    int end = escapeEnd(i);
                    Escapes.Decoded decoded = Escapes.decode(format.substring(i, end), true);
                    out.append(decoded.text());
                    cut = decoded.cut();
                    i = end;
                } else if (c == '%') {
                    i = directive(i + 1);
                } else {
                    out.append(c);
                    i++;
                }
            }
        }

        private int escapeEnd(int start) {
            int i = start + 1;
            if (i >= format.length()) {
                return i;
            }
            char c = format.charAt(i++);
            if (c == 'x') {
                while (i < format.length() && i < start + 4 && Character.digit(format.charAt(i), 16) >= 0) {
                    i++;
                }
            } else if (c >= '0' && c <= '7') {
                while (i < format.length() && i < start + 4 && Character.digit(format.charAt(i), 8) >= 0) {
                    i++;
                }
            }
            return i;
        }

        private int directive(int start) {
            int i = start;
            if (i < format.length() && format.charAt(i) == '%') {
                out.append('%');
                return i + 1;
            }
            StringBuilder flags = new StringBuilder();
            while (i < format.length() && "-+ #0".indexOf(format.charAt(i)) >= 0) {
                flags.append(format.charAt(i++));
            }
            int[] number = new int[1];
            i = size(i, number);
            int width = number[0];
            if (width < 0 && number[0] != -1) {
                flags.append('-');
                width = -width;
            }
            int precision = -1;
            if (i < format.length() && format.charAt(i) == '.') {
                i = size(i + 1, number);
                precision = Math.max(0, number[0]);
            }
            while (i < format.length() && "hlLjzt".indexOf(format.charAt(i)) >= 0) {
                i++;
            }
            if (i >= format.length()) {
                err.append(who).append(": %").append(format.substring(start)).append(": invalid format\n");
                status = 1;
                cut = true;
                return i;
            }
            if ("sbcdiuxXofFeEgG".indexOf(format.charAt(i)) < 0) {
                err.append(who).append(": ").append(format.substring(start - 1)).append(": invalid format\n");
                status = 1;
                cut = true;
                return format.length();
            }
            convert(format.charAt(i), flags.toString(), width, precision);
            return i + 1;
        }

        private int size(int from, int[] number) {
            int i = from;
            number[0] = -1;
            if (i < format.length() && format.charAt(i) == '*') {
                String argument = argument();
                number[0] = argument == null ? 0 : (int) Text.number(argument, 0);
                return i + 1;
            }
            while (i < format.length() && Character.isDigit(format.charAt(i))) {
                number[0] = Math.min(100_000, Math.max(0, number[0]) * 10 + format.charAt(i++) - '0');
            }
            return i;
        }

        private void convert(char kind, String flags, int width, int precision) {
            switch (kind) {
                case 's', 'b' -> {
                    String text = argument();
                    text = text == null ? "" : text;
                    if (kind == 'b') {
                        Escapes.Decoded decoded = Escapes.decode(text, false);
                        text = decoded.text();
                        cut = decoded.cut();
                    }
                    pad(
                            precision >= 0 && precision < text.length() ? text.substring(0, precision) : text,
                            flags,
                            width);
                }
                case 'c' -> {
                    String text = argument();
                    pad(text == null || text.isEmpty() ? "" : text.substring(0, 1), flags, width);
                }
                case 'd', 'i', 'u', 'x', 'X', 'o' -> integer(kind, flags, width, precision);
                default -> {
                    double value = decimal(argument());
                    pad(Numbers.format(kind, flags, precision, value), flags, width);
                }
            }
        }

        private void integer(char kind, String flags, int width, int precision) {
            long value = whole(argument());
            String digits =
                    switch (kind) {
                        case 'x' -> Long.toHexString(value);
                        case 'X' -> Long.toHexString(value).toUpperCase(Locale.ROOT);
                        case 'o' -> Long.toOctalString(value);
                        case 'u' -> Long.toUnsignedString(value);
                        default -> value == Long.MIN_VALUE ? "9223372036854775808" : Long.toString(Math.abs(value));
                    };
            boolean signed = kind == 'd' || kind == 'i';
            String sign = signed && value < 0
                    ? "-"
                    : signed && flags.contains("+") ? "+" : signed && flags.contains(" ") ? " " : "";
            if (flags.contains("#") && value != 0) {
                sign = kind == 'x' || kind == 'X' ? "0" + kind : kind == 'o' ? "0" : sign;
            }
            int least = precision;
            if (precision < 0 && flags.contains("0") && !flags.contains("-")) {
                least = width - sign.length();
            }
            pad(sign + "0".repeat(Math.max(0, least - digits.length())) + digits, flags.replace("0", ""), width);
        }

        private void pad(String text, String flags, int width) {
            int blanks = Math.max(0, width - text.length());
            if (flags.contains("-")) {
                out.append(text).append(" ".repeat(blanks));
            } else if (flags.contains("0") && !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1))) {
                int sign = "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
                out.append(text, 0, sign).append("0".repeat(blanks)).append(text.substring(sign));
            } else {
                out.append(" ".repeat(blanks)).append(text);
            }
        }

        private long whole(String text) {
            if (text == null || text.isEmpty()) {
                return 0;
            }
            char first = text.charAt(0);
            if ((first == '"' || first == '\'') && text.length() > 1) {
                return text.charAt(1);
            }
            try {
                return Long.decode(text);
            } catch (NumberFormatException e) {
                err.append(who).append(": invalid number '").append(text).append("'\n");
                status = 1;
                return 0;
            }
        }

        private double decimal(String text) {
            if (text == null || text.isEmpty()) {
                return 0;
            }
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                err.append(who).append(": invalid number '").append(text).append("'\n");
                status = 1;
                return 0;
            }
        }
    }
}
