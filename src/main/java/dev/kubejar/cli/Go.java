package dev.kubejar.cli;

import dev.kubejar.object.GoText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Readings of Go's standard library whose results and complaints users of kubectl see: strconv, time, encoding/csv. */
public final class Go {
    private Go() {}

    /** {@code %q}. */
    public static String quote(String text) {
        return GoText.quoted(text);
    }

    /** strconv.ParseBool. */
    public static boolean bool(String text) {
        switch (text) {
            case "1", "t", "T", "true", "TRUE", "True":
                return true;
            case "0", "f", "F", "false", "FALSE", "False":
                return false;
            default:
                throw new CliError("strconv.ParseBool: parsing " + quote(text) + ": invalid syntax");
        }
    }

    /** strconv.ParseInt in base 0 or 10; {@code function} is the name in the message. */
    public static long integer(String text, int bits, boolean anyBase, String function) {
        BigInteger value;
        try {
            value = anyBase ? based(text) : decimal(text);
        } catch (NumberFormatException e) {
            throw new CliError(function + ": parsing " + quote(text) + ": invalid syntax");
        }
        if (value.bitLength() > bits - 1) {
            throw new CliError(function + ": parsing " + quote(text) + ": value out of range");
        }
        return value.longValue();
    }

    /** strconv.ParseInt(text, 10, 64). */
    public static long integer(String text) {
        return integer(text, 64, false, "strconv.ParseInt");
    }

    /** strconv.Atoi. */
    public static int atoi(String text) {
        return (int) integer(text, 64, false, "strconv.Atoi");
    }

    private static BigInteger decimal(String text) {
        if (text.isEmpty() || text.length() > 1 && !Character.isDigit(text.charAt(1)) && !digit(text.charAt(0))) {
            throw new NumberFormatException();
        }
        for (int i = digit(text.charAt(0)) ? 0 : 1; i < text.length(); i++) {
            if (!digit(text.charAt(i))) {
                throw new NumberFormatException();
            }
        }
        return new BigInteger(text);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static BigInteger based(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        String lower = digits.toLowerCase(java.util.Locale.ROOT);
        int base = 10;
        if (lower.startsWith("0x")) {
            base = 16;
        } else if (lower.startsWith("0b")) {
            base = 2;
        } else if (lower.startsWith("0o")) {
            base = 8;
        }
        if (base != 10) {
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            base = 8;
            digits = digits.substring(1);
        }
        if (digits.isEmpty() || digits.startsWith("-") || digits.startsWith("+")) {
            throw new NumberFormatException();
        }
        BigInteger value = new BigInteger(digits.replace("_", ""), base);
        return negative ? value.negate() : value;
    }

    /** time.ParseDuration: {@code 1h15m30.5s}. */
    public static Duration duration(String text) {
        String rest = text;
        boolean negative = rest.startsWith("-");
        if (negative || rest.startsWith("+")) {
            rest = rest.substring(1);
        }
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty()) {
            throw new CliError("time: invalid duration " + quote(text));
        }
        BigDecimal nanos = BigDecimal.ZERO;
        while (!rest.isEmpty()) {
            int end = 0;
            while (end < rest.length() && (digit(rest.charAt(end)) || rest.charAt(end) == '.')) {
                end++;
            }
            String number = rest.substring(0, end);
            if (number.isEmpty() || number.equals(".") || number.indexOf('.') != number.lastIndexOf('.')) {
                throw new CliError("time: invalid duration " + quote(text));
            }
            rest = rest.substring(end);
            end = 0;
            while (end < rest.length() && !digit(rest.charAt(end)) && rest.charAt(end) != '.') {
                end++;
            }
            String unit = rest.substring(0, end);
            rest = rest.substring(end);
            nanos = nanos.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit(unit, text))));
        }
        if (nanos.toBigInteger().bitLength() > 63) {
            throw new CliError("time: invalid duration " + quote(text));
        }
        Duration found = Duration.ofNanos(nanos.longValue());
        return negative ? found.negated() : found;
    }

    private static long unit(String unit, String text) {
        return switch (unit) {
            case "" -> throw new CliError("time: missing unit in duration " + quote(text));
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw new CliError("time: unknown unit " + quote(unit) + " in duration " + quote(text));
        };
    }

    /** A duration as Go prints it: {@code 1h0m0s}, {@code 1m30s}, {@code 1.5s}, {@code 0s}. */
    public static String written(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.isNegative()) {
            return "-" + written(duration.negated());
        }
        long nanos = duration.toNanos();
        if (nanos < 1_000_000_000L) {
            return nanos % 1_000_000 == 0
                    ? nanos / 1_000_000 + "ms"
                    : BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString() + "ms";
        }
        long hours = duration.toHours();
        long minutes = duration.toMinutesPart();
        String seconds = BigDecimal.valueOf(nanos - (hours * 60 + minutes) * 60_000_000_000L, 9)
                .stripTrailingZeros()
                .toPlainString();
        return (hours > 0 ? hours + "h" : "") + (hours > 0 || minutes > 0 ? minutes + "m" : "") + seconds + "s";
    }

    /** One record of encoding/csv, as pflag splits a string slice. */
    public static List<String> csv(String text) {
        List<String> fields = new ArrayList<>();
        if (text.isEmpty()) {
            return fields;
        }
        if (text.indexOf('"') < 0) {
            fields.addAll(List.of(text.split(",", -1)));
            return fields;
        }
        StringBuilder field = new StringBuilder();
        int i = 0;
        while (true) {
            if (i < text.length() && text.charAt(i) == '"') {
                i = quotedField(text, i + 1, field);
            } else {
                int comma = text.indexOf(',', i);
                int end = comma < 0 ? text.length() : comma;
                if (text.substring(i, end).indexOf('"') >= 0) {
                    throw new CliError("parse error on line 1, column " + (text.indexOf('"', i) + 1)
                            + ": bare \" in non-quoted field");
                }
                field.append(text, i, end);
                i = end;
            }
            fields.add(field.toString());
            field.setLength(0);
            if (i >= text.length()) {
                return fields;
            }
            i++;
        }
    }

    private static int quotedField(String text, int from, StringBuilder field) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '"') {
                field.append(c);
            } else if (i < text.length() && text.charAt(i) == '"') {
                field.append('"');
                i++;
            } else if (i == text.length() || text.charAt(i) == ',') {
                return i;
            } else {
                throw new CliError("parse error on line 1, column " + i + ": extraneous or missing \" in quoted-field");
            }
        }
        throw new CliError("parse error on line 1, column " + (i + 1) + ": extraneous or missing \" in quoted-field");
    }
}
