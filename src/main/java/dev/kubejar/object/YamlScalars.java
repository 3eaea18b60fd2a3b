package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** What a plain YAML scalar means, by go-yaml v2's rules (YAML 1.1 with Go's integer literals). */
final class YamlScalars {
    /** go-yaml's tags, by their last part. */
    enum Tag {
        STR,
        BOOL,
        INT,
        FLOAT,
        NULL,
        TIMESTAMP
    }

    /** A plain scalar's tag and value; {@code node} is null for a float that JSON cannot write. */
    record Resolved(Tag tag, JsonNode node, double number) {}

    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);

    private YamlScalars() {}

    /** Whether the text, written plain, would be read as something else than a string. */
    static boolean special(String text) {
        return resolve(text).tag() != Tag.STR || base60(text);
    }

    static Resolved resolve(String text) {
        if (text.isEmpty()) {
            return new Resolved(Tag.NULL, Json.NODES.nullNode(), 0);
        }
        char c = text.charAt(0);
        boolean number = c == '+' || c == '-' || c >= '0' && c <= '9';
        if (!number && c != '.' && "yYnNtTfFoO~".indexOf(c) < 0) {
            return string(text);
        }
        Resolved word = text.length() <= 5 ? word(text) : null;
        if (word != null) {
            return word;
        }
        if (c == '.') {
            return isFloat(text) ? floating(text, text) : string(text);
        }
        return number ? numeric(text) : string(text);
    }

    private static Resolved string(String text) {
        return new Resolved(Tag.STR, Json.NODES.textNode(text), 0);
    }

    private static Resolved word(String text) {
        return switch (text) {
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> bool(true);
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> bool(false);
            case "~", "null", "Null", "NULL" -> new Resolved(Tag.NULL, Json.NODES.nullNode(), 0);
            case ".nan", ".NaN", ".NAN" -> new Resolved(Tag.FLOAT, null, Double.NaN);
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" ->
                new Resolved(Tag.FLOAT, null, Double.POSITIVE_INFINITY);
            case "-.inf", "-.Inf", "-.INF" -> new Resolved(Tag.FLOAT, null, Double.NEGATIVE_INFINITY);
            default -> null;
        };
    }

    private static Resolved bool(boolean value) {
        return new Resolved(Tag.BOOL, Json.NODES.booleanNode(value), 0);
    }

    private static Resolved numeric(String text) {
        if (YamlTimestamps.matches(text)) {
            return new Resolved(Tag.TIMESTAMP, Json.NODES.textNode(text), 0);
        }
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        BigInteger whole = integer(plain);
        if (whole != null) {
            if (whole.bitLength() < Long.SIZE) {
                return new Resolved(Tag.INT, GoNumber.node(whole.longValue()), whole.longValue());
            }
            if (whole.signum() > 0 && whole.compareTo(MAX_UNSIGNED) < 0) {
                return new Resolved(Tag.INT, GoNumber.node(whole.doubleValue()), whole.doubleValue());
            }
        }
        return isFloat(plain) ? floating(text, plain) : string(text);
    }

    private static Resolved floating(String text, String plain) {
        double value = Double.parseDouble(plain);
        if (Double.isInfinite(value)) { // out of range is a string
            return string(text);
        }
        return new Resolved(Tag.FLOAT, GoNumber.node(value), value);
    }

    /** Go's integer literals: 12, 0x1f, 0o17, 017, 0b101, signed; null where it is none. */
    private static BigInteger integer(String text) {
        int start = text.isEmpty() || text.charAt(0) != '-' && text.charAt(0) != '+' ? 0 : 1;
        int radix = 10;
        int digits = start;
        if (text.length() > start + 1 && text.charAt(start) == '0') {
            radix = switch (text.charAt(start + 1)) {
                case 'x', 'X' -> 16;
                case 'o', 'O' -> 8;
                case 'b', 'B' -> 2;
                default -> 0;
            };
            digits = radix == 0 ? start + 1 : start + 2;
            radix = radix == 0 ? 8 : radix;
        }
        int length = text.length() - digits;
        if (length == 0 || length > 70 || !digits(text, digits, radix)) {
            return null;
        }
        BigInteger value = length < 15
                ? BigInteger.valueOf(Long.parseLong(text, digits, text.length(), radix))
                : new BigInteger(text.substring(digits), radix);
        return text.charAt(0) == '-' ? value.negate() : value;
    }

    private static boolean digits(String text, int from, int radix) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }

    // [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    private static boolean isFloat(String text) {
        int pos = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int start = pos;
        pos = skipDigits(text, pos);
        int count = pos - start;
        if (pos < text.length() && text.charAt(pos) == '.') {
            start = pos + 1;
            pos = skipDigits(text, start);
            count += pos - start;
        }
        if (count == 0) {
            return false;
        }
        if (pos < text.length() && (text.charAt(pos) == 'e' || text.charAt(pos) == 'E')) {
            pos++;
            if (pos < text.length() && (text.charAt(pos) == '-' || text.charAt(pos) == '+')) {
                pos++;
            }
            start = pos;
            pos = skipDigits(text, pos);
            if (pos == start) {
                return false;
            }
        }
        return pos == text.length() && text.length() <= 4_096;
    }

    private static int skipDigits(String text, int from) {
        int pos = from;
        while (pos < text.length() && text.charAt(pos) >= '0' && text.charAt(pos) <= '9') {
            pos++;
        }
        return pos;
    }

    // [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
    private static boolean base60(String text) {
        if (text.indexOf(':') < 0) {
            return false;
        }
        int pos = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int start = pos;
        pos = skipDigitsAnd(text, pos);
        if (pos == start || text.charAt(start) == '_') {
            return false;
        }
        start = pos;
        while (pos + 1 < text.length() && text.charAt(pos) == ':') {
            int digits = skipDigits(text, pos + 1) - pos - 1;
            if (digits == 0 || digits > 2 || digits == 2 && text.charAt(pos + 1) > '5') {
                return false;
            }
            pos += digits + 1;
        }
        if (pos > start && pos < text.length() && text.charAt(pos) == '.') {
            pos = skipDigitsAnd(text, pos + 1);
        }
        return pos > start && pos == text.length();
    }

    private static int skipDigitsAnd(String text, int from) {
        int pos = from;
        while (pos < text.length() && (text.charAt(pos) >= '0' && text.charAt(pos) <= '9' || text.charAt(pos) == '_')) {
            pos++;
        }
        return pos;
    }
}
