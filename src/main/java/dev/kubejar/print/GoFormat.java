package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoNumber;
import dev.kubejar.object.GoText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Go's fmt: print, println and printf over a template's values. */
final class GoFormat {
    private static final int MAX_WIDTH = 1_000_000;

    private final String format;
    private final List<Object> args;
    private final StringBuilder out = new StringBuilder();
    private int pos;
    private int used;

    private GoFormat(String format, List<Object> args) {
        this.format = format;
        this.args = args;
    }

    /** fmt.Sprint: a space between two that are no strings. */
    static String print(List<Object> args) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < args.size(); i++) {
            if (i > 0 && !(args.get(i) instanceof String) && !(args.get(i - 1) instanceof String)) {
                out.append(' ');
            }
            out.append(text(args.get(i)));
        }
        return out.toString();
    }

    /** fmt.Sprintln. */
    static String println(List<Object> args) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < args.size(); i++) {
            out.append(i == 0 ? "" : " ").append(text(args.get(i)));
        }
        return out.append('\n').toString();
    }

    private static String text(Object value) {
        return TemplateValue.nothing(value) ? "<nil>" : TemplateValue.text(value);
    }

    /** fmt.Sprintf. */
    static String printf(String format, List<Object> args) {
        return new GoFormat(format, args).run();
    }

    private String run() {
        while (pos < format.length()) {
            char c = format.charAt(pos++);
            if (c != '%') {
                out.append(c);
            } else if (pos == format.length()) {
                out.append("%!(NOVERB)");
            } else {
                verb();
            }
        }
        if (used < args.size()) {
            out.append("%!(EXTRA ");
            for (int i = used; i < args.size(); i++) {
                out.append(i == used ? "" : ", ").append(typed(args.get(i)));
            }
            out.append(')');
        }
        return out.toString();
    }

    private static String typed(Object value) {
        return TemplateValue.nothing(value) ? "<nil>" : TemplateValue.type(value) + "=" + TemplateValue.text(value);
    }

    private void verb() {
        String flags = flags();
        int width = number();
        int precision = -1;
        if (pos < format.length() && format.charAt(pos) == '.') {
            pos++;
            precision = Math.max(0, number());
        }
        if (pos == format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(pos);
        pos += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
            return;
        }
        if (used >= args.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
            return;
        }
        pad(formatted(verb, args.get(used++), flags, precision), flags, width);
    }

    private String flags() {
        int start = pos;
        while (pos < format.length() && "+-# 0".indexOf(format.charAt(pos)) >= 0) {
            pos++;
        }
        return format.substring(start, pos);
    }

    /** A width: digits, or an argument; -1 where there is none. */
    private int number() {
        if (pos < format.length() && format.charAt(pos) == '*') {
            pos++;
            Object value = used < args.size() ? args.get(used++) : null;
            return value instanceof Long number && number >= 0 && number <= MAX_WIDTH ? number.intValue() : -1;
        }
        int value = -1;
        while (pos < format.length() && Character.isDigit(format.charAt(pos))) {
            value = Math.min(MAX_WIDTH, Math.max(value, 0) * 10 + format.charAt(pos++) - '0');
        }
        return value;
    }

    private void pad(String text, String flags, int width) {
        int missing = Math.max(0, width - text.codePointCount(0, text.length()));
        if (flags.indexOf('-') >= 0) {
            out.append(text).append(" ".repeat(missing));
        } else if (flags.indexOf('0') >= 0) {
            boolean sign = text.startsWith("-") || text.startsWith("+");
            out.append(sign ? text.substring(0, 1) : "")
                    .append("0".repeat(missing))
                    .append(sign ? text.substring(1) : text);
        } else {
            out.append(" ".repeat(missing)).append(text);
        }
    }

    private static String formatted(int verb, Object value, String flags, int precision) {
        if (verb == 'T') {
            return TemplateValue.nothing(value) ? "<nil>" : TemplateValue.type(value);
        }
        if (TemplateValue.nothing(value)) {
            return verb == 'v' ? "<nil>" : "%!" + Character.toString(verb) + "(<nil>)";
        }
        String result = null;
        if (value instanceof String text) {
            result = string(verb, text, flags, precision);
        } else if (value instanceof Long number) {
            result = whole(verb, number, flags);
        } else if (value instanceof Double number) {
            result = floating(verb, number, flags, precision);
        } else if (value instanceof Boolean && (verb == 'v' || verb == 't')) {
            result = value.toString();
        } else if (value instanceof JsonNode node) {
            result = verb == 'v' ? TemplateValue.text(node) : container(verb, node, flags, precision);
        }
        return result != null ? result : "%!" + Character.toString(verb) + "(" + typed(value) + ")";
    }

    private static String container(int verb, JsonNode node, String flags, int precision) {
        StringBuilder text = new StringBuilder(node.isArray() ? "[" : "map[");
        String separator = "";
        if (node.isArray()) {
            for (JsonNode item : node) {
                text.append(separator).append(formatted(verb, TemplateValue.of(item), flags, precision));
                separator = " ";
            }
        } else {
            for (var field : GoText.sorted(node)) {
                text.append(separator)
                        .append(formatted(verb, field.getKey(), flags, precision))
                        .append(':');
                text.append(formatted(verb, TemplateValue.of(field.getValue()), flags, precision));
                separator = " ";
            }
        }
        return text.append(']').toString();
    }

    private static String string(int verb, String text, String flags, int precision) {
        boolean cut = precision >= 0 && precision < text.codePointCount(0, text.length());
        String shown = cut ? text.substring(0, text.offsetByCodePoints(0, precision)) : text;
        return switch (verb) {
            case 'v', 's' -> shown;
            case 'q' -> flags.indexOf('#') >= 0 && text.indexOf('`') < 0 ? "`" + shown + "`" : GoText.quoted(shown);
            case 'x', 'X' -> hex(shown, verb == 'X');
            default -> null;
        };
    }

    private static String hex(String text, boolean upper) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return upper ? out.toString().toUpperCase(Locale.ROOT) : out.toString();
    }

    private static String whole(int verb, long value, String flags) {
        String plus = value >= 0 && flags.indexOf('+') >= 0 ? "+" : value >= 0 && flags.indexOf(' ') >= 0 ? " " : "";
        return switch (verb) {
            case 'v', 'd' -> plus + value;
            case 'x' -> plus + Long.toString(value, 16);
            case 'X' -> plus + Long.toString(value, 16).toUpperCase(Locale.ROOT);
            case 'o' -> plus + Long.toString(value, 8);
            case 'b' -> plus + Long.toString(value, 2);
            case 'c' -> Character.toString(Character.isValidCodePoint((int) value) ? (int) value : 0xFFFD);
            case 'q' -> GoText.quoted(Character.isValidCodePoint((int) value) ? (int) value : 0xFFFD);
            case 'U' ->
                "U+" + "0".repeat(Math.max(0, 4 - Long.toHexString(value).length()))
                        + Long.toHexString(value).toUpperCase(Locale.ROOT);
            default -> null;
        };
    }

    private static String floating(int verb, double value, String flags, int precision) {
        String plus = value >= 0 && flags.indexOf('+') >= 0 ? "+" : value >= 0 && flags.indexOf(' ') >= 0 ? " " : "";
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return GoNumber.shortest(value);
        }
        return switch (verb) {
            case 'v', 'g', 'G' -> plus + (precision < 0 ? GoNumber.shortest(value) : general(value, precision));
            case 'f', 'F' ->
                plus
                        + new BigDecimal(value)
                                .setScale(precision < 0 ? 6 : precision, RoundingMode.HALF_EVEN)
                                .toPlainString();
            case 'e', 'E' -> plus + exponent(value, precision < 0 ? 6 : precision);
            default -> null;
        };
    }

    private static String general(double value, int precision) {
        int digits = Math.max(1, precision);
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return GoNumber.shortest(rounded.doubleValue());
    }

    private static String exponent(double value, int precision) {
        if (value == 0) {
            return precision == 0 ? "0e+00" : "0." + "0".repeat(precision) + "e+00";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "").append(digits.charAt(0));
        String rest = (digits.substring(1) + "0".repeat(precision)).substring(0, precision);
        out.append(rest.isEmpty() ? "" : ".").append(rest).append(exponent < 0 ? "e-" : "e+");
        return out.append(Math.abs(exponent) < 10 ? "0" : "")
                .append(Math.abs(exponent))
                .toString();
    }
}
