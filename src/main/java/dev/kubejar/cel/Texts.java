package dev.kubejar.cel;

import dev.kubejar.object.GoNumber;
import dev.kubejar.object.GoRegex;
import dev.kubejar.object.ParseError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions of strings; positions count code points. */
final class Texts {
    private Texts() {}

    static void add(Map<String, Library.Function> to) {
        to.put("contains", args -> both(args) ? text(args, 0).contains(text(args, 1)) : null);
        to.put("startsWith", args -> both(args) ? text(args, 0).startsWith(text(args, 1)) : null);
        to.put("endsWith", args -> both(args) ? text(args, 0).endsWith(text(args, 1)) : null);
        to.put(
                "matches",
                args -> both(args)
                        ? pattern(text(args, 1), "").matcher(text(args, 0)).find()
                        : null);
        to.put("charAt", args -> charAt(text(args, 0), number(args, 1)));
        to.put("lowerAscii", args -> ascii(text(args, 0), 'A', 32));
        to.put("upperAscii", args -> ascii(text(args, 0), 'a', -32));
        to.put(
                "replace",
                args -> replaced(text(args, 0), text(args, 1), text(args, 2), args.length > 3 ? number(args, 3) : -1));
        to.put("split", args -> split(text(args, 0), text(args, 1), args.length > 2 ? number(args, 2) : -1));
        to.put("substring", args -> substring(args));
        to.put("trim", args -> text(args, 0).strip());
        to.put("join", Texts::join);
        to.put("format", args -> args[1] instanceof List<?> list ? format(text(args, 0), list) : null);
        to.put("strings.quote", args -> quoted(text(args, 0)));
        to.put("find", args -> {
            Matcher matcher = pattern(text(args, 1), "Illegal regex: ").matcher(text(args, 0));
            return matcher.find() ? matcher.group() : "";
        });
        to.put("findAll", Texts::findAll);
        to.put("jsonpatch.escapeKey", args -> text(args, 0).replace("~", "~0").replace("/", "~1"));
    }

    private static boolean both(Object[] args) {
        return args[0] instanceof String && args[1] instanceof String;
    }

    static String text(Object[] args, int at) {
        if (args[at] instanceof String text) {
            return text;
        }
        throw new CelError("no such overload");
    }

    static long number(Object[] args, int at) {
        if (args[at] instanceof Long number) {
            return number;
        }
        throw new CelError("no such overload");
    }

    static Pattern pattern(String expression, String prefix) {
        try {
            return GoRegex.compile(expression);
        } catch (ParseError e) {
            throw new CelError(prefix + e.getMessage());
        }
    }

    private static String charAt(String text, long at) {
        int length = text.codePointCount(0, text.length());
        if (at < 0 || at > length) {
            throw new CelError("index out of range: " + at);
        }
        return at == length ? "" : cut(text, at, at + 1);
    }

    private static String cut(String text, long from, long to) {
        return text.substring(text.offsetByCodePoints(0, (int) from), text.offsetByCodePoints(0, (int) to));
    }

    private static String ascii(String text, char first, int by) {
        StringBuilder out = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            out.append(c >= first && c < first + 26 ? (char) (c + by) : c);
        }
        return out.toString();
    }

    private static String replaced(String text, String old, String by, long limit) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (long i = 0; limit < 0 || i < limit; i++) {
            int next;
            if (old.isEmpty()) {
                if (i > 0 && at >= text.length()) {
                    break;
                }
                next = i == 0 ? 0 : text.offsetByCodePoints(at, 1);
            } else {
                next = text.indexOf(old, at);
            }
            if (next < 0) {
                break;
            }
            out.append(text, at, next).append(by);
            at = next + old.length();
        }
        return out.append(text.substring(at)).toString();
    }

    private static List<Object> split(String text, String by, long limit) {
        List<Object> parts = new ArrayList<>();
        if (limit == 0) {
            return parts;
        }
        int at = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            int next = by.isEmpty()
                    ? at < text.length() && text.offsetByCodePoints(at, 1) < text.length()
                            ? text.offsetByCodePoints(at, 1)
                            : -1
                    : text.indexOf(by, at);
            if (next < 0) {
                break;
            }
            parts.add(text.substring(at, next));
            at = next + by.length();
        }
        if (!(by.isEmpty() && text.isEmpty())) {
            parts.add(text.substring(at));
        }
        return parts;
    }

    private static String substring(Object[] args) {
        String text = text(args, 0);
        long length = text.codePointCount(0, text.length());
        long start = number(args, 1);
        long end = args.length > 2 ? number(args, 2) : length;
        if (start > end && args.length > 2) {
            throw new CelError("invalid substring range. start: " + start + ", end: " + end);
        }
        if (start < 0 || start > length) {
            throw new CelError("index out of range: " + start);
        }
        if (end < 0 || end > length) {
            throw new CelError("index out of range: " + end);
        }
        return cut(text, start, end);
    }

    /** The position of a text in another, from an offset on. */
    static long indexOf(String text, String part, long from) {
        long length = text.codePointCount(0, text.length());
        if (from < 0 || from > length) {
            throw new CelError("index out of range: " + from);
        }
        int found = text.indexOf(part, text.offsetByCodePoints(0, (int) from));
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    static long lastIndexOf(String text, String part, Long from) {
        long length = text.codePointCount(0, text.length());
        if (from != null && (from < 0 || from > length)) {
            throw new CelError("index out of range: " + from);
        }
        int start = from == null ? text.length() : text.offsetByCodePoints(0, (int) (long) from);
        int found = text.lastIndexOf(part, start);
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    private static Object join(Object[] args) {
        if (!(args[0] instanceof List<?> list)) {
            return null;
        }
        String separator = args.length > 1 ? text(args, 1) : "";
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String text)) {
                throw new CelError("join: invalid input: " + Conversions.text(list.get(i)));
            }
            out.append(i > 0 ? separator : "").append(text);
        }
        return out.toString();
    }

    private static Object findAll(Object[] args) {
        Matcher matcher = pattern(text(args, 1), "Illegal regex: ").matcher(text(args, 0));
        long limit = args.length > 2 ? number(args, 2) : -1;
        List<Object> found = new ArrayList<>();
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            int known = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
            out.append(known < 0 ? String.valueOf(c) : "\\" + "abfnrtv\\\"".charAt(known));
        }
        return out.append('"').toString();
    }

    private static String format(String text, List<?> args) {
        StringBuilder out = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (++i >= text.length()) {
                throw new CelError("unexpected end of string");
            }
            if (text.charAt(i) == '%') {
                out.append('%');
                continue;
            }
            int precision = 6;
            if (text.charAt(i) == '.') {
                int start = ++i;
                while (i < text.length() && Character.isDigit(text.charAt(i))) {
                    i++;
                }
                precision = i == start ? 6 : Integer.parseInt(text.substring(start, i));
            }
            if (used >= args.size()) {
                throw new CelError("index " + used + " out of range");
            }
            out.append(clause(text.charAt(i), precision, args.get(used++)));
        }
        return out.toString();
    }

    private static String clause(char verb, int precision, Object value) {
        return switch (verb) {
            case 's' -> shown(value);
            case 'd' -> whole(value);
            case 'f' ->
                value instanceof Double || value instanceof Long
                        ? new BigDecimal(value.toString())
                                .setScale(precision, RoundingMode.HALF_EVEN)
                                .toPlainString()
                        : refused(
                                "fixed-point",
                                value,
                                "only integers and doubles can be formatted with fixed-point clause");
            case 'e' ->
                value instanceof Number number
                        ? exponent(String.format(Locale.ROOT, "%." + precision + "e", number.doubleValue()))
                        : refused("scientific", value, "scientific clause can only be used on doubles");
            case 'b' ->
                value instanceof Boolean flag
                        ? flag ? "1" : "0"
                        : value instanceof Long number
                                ? Long.toString(number, 2)
                                : refused("binary", value, "only integers and bools can be formatted as binary");
            case 'x', 'X' -> hex(verb, value);
            case 'o' ->
                value instanceof Long number
                        ? Long.toString(number, 8)
                        : refused("octal", value, "octal clause can only be used on integers");
            default ->
                throw new CelError(
                        "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
        };
    }

    private static String exponent(String text) {
        return text;
    }

    private static String refused(String what, Object value, String why) {
        throw new CelError("error during formatting: " + why + ", was given "
                + Values.type(value).name());
    }

    private static String whole(Object value) {
        if (value instanceof Long || value instanceof Unsigned) {
            return value.toString();
        }
        return refused("decimal", value, "decimal clause can only be used on integers");
    }

    private static String hex(char verb, Object value) {
        String text;
        if (value instanceof Long number) {
            text = Long.toString(number, 16);
        } else if (value instanceof String || value instanceof Bytes) {
            byte[] bytes = value instanceof Bytes raw ? raw.value() : ((String) value).getBytes(StandardCharsets.UTF_8);
            StringBuilder out = new StringBuilder();
            for (byte each : bytes) {
                out.append(Character.forDigit(each >> 4 & 15, 16)).append(Character.forDigit(each & 15, 16));
            }
            text = out.toString();
        } else {
            return refused("hex", value, "only integers, byte buffers, and strings can be formatted as hex");
        }
        return verb == 'X' ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String shown(Object value) {
        if (value instanceof List<?> list) {
            StringBuilder out = new StringBuilder("[");
            for (Object each : list) {
                out.append(out.length() > 1 ? ", " : "").append(inner(each));
            }
            return out.append(']').toString();
        }
        if (value instanceof Map<?, ?> map) {
            java.util.TreeMap<String, String> sorted = new java.util.TreeMap<>();
            map.forEach((key, each) -> sorted.put(inner(key), inner(each)));
            StringBuilder out = new StringBuilder("{");
            sorted.forEach((key, each) -> out.append(out.length() > 1 ? ", " : "")
                    .append(key)
                    .append(": ")
                    .append(each));
            return out.append('}').toString();
        }
        return value instanceof Double number ? GoNumber.plain(number) : Conversions.text(value);
    }

    private static String inner(Object value) {
        return value instanceof String text ? text : shown(value);
    }
}
