package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Numbers as Go reads and writes them: an int64 where it fits, else a float64. */
public final class GoNumber {
    private GoNumber() {}

    /** Whether Go's JSON decoder makes an int64 of it: written without fraction and exponent, and in range. */
    public static boolean isInteger(JsonNode number) {
        return number.isIntegralNumber() && (!number.isBigInteger() || fits(number.bigIntegerValue()));
    }

    private static boolean fits(BigInteger value) {
        return value.bitLength() < Long.SIZE;
    }

    /** The node of a written JSON number; null where it is out of a float64's range. */
    static JsonNode node(String text, boolean whole) {
        if (whole && text.length() < 20) {
            try {
                return node(Long.parseLong(text));
            } catch (NumberFormatException e) {
                // past an int64: a float64, as below
            }
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : node(value);
    }

    static JsonNode node(long value) {
        return value == (int) value ? Json.NODES.numberNode((int) value) : Json.NODES.numberNode(value);
    }

    /** The node of a float64: a whole one that Go writes without exponent is an integer when it is read again. */
    static JsonNode node(double value) {
        if (value == (int) value) {
            return node((long) value);
        }
        BigDecimal written = new BigDecimal(json(value)); // past 2^53 the zeros at its end are not the float's own
        boolean integer = value == Math.rint(value) && Math.abs(value) < 1e21 && fits(written.toBigInteger());
        return integer ? node(written.longValue()) : Json.NODES.numberNode(written);
    }

    /** A number as Go's JSON encoder writes it. */
    public static String text(JsonNode number) {
        return isInteger(number) ? Long.toString(number.longValue()) : json(number.doubleValue());
    }

    /** A float64 as encoding/json writes it: exponents below 1e-6 and from 1e21 only. */
    public static String json(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-6 || size >= 1e21)) {
            String text = exponential(value, 2);
            int e = text.indexOf("e-0"); // e-09 becomes e-9
            return e < 0 ? text : text.substring(0, e + 2) + text.substring(e + 3);
        }
        return plain(value);
    }

    /** A float64 as fmt's {@code %v} and go-yaml write it: an exponent below 1e-4 and from 1e6. */
    public static String shortest(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == 0 ? plain(value) : shortest(digits(value));
    }

    /** A float32 by the same rule. */
    static String shortest(float value) {
        boolean finite = value != 0 && Math.abs(value) <= Float.MAX_VALUE;
        return finite ? shortest(new BigDecimal(Float.toString(value)).stripTrailingZeros()) : shortest((double) value);
    }

    private static String shortest(BigDecimal digits) {
        int exponent = digits.precision() - digits.scale() - 1;
        return exponent < -4 || exponent >= 6 ? exponential(digits, 2) : plain(digits);
    }

    /** All digits, no exponent: {@code strconv.FormatFloat(v, 'f', -1, 64)}. */
    public static String plain(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return plain(digits(value));
    }

    private static String plain(BigDecimal digits) {
        return digits.scale() < 0 ? digits.setScale(0).toPlainString() : digits.toPlainString();
    }

    /** One digit, a point, the rest and an exponent of at least {@code width} digits. */
    public static String exponential(double value, int width) {
        if (value == 0) {
            return (1 / value < 0 ? "-0e+" : "0e+") + "0".repeat(width);
        }
        return exponential(digits(value), width);
    }

    private static String exponential(BigDecimal bare, int width) {
        String all = bare.unscaledValue().abs().toString();
        int exponent = all.length() - 1 - bare.scale();
        StringBuilder out = new StringBuilder(24);
        if (bare.signum() < 0) {
            out.append('-');
        }
        out.append(all.charAt(0));
        if (all.length() > 1) {
            out.append('.').append(all, 1, all.length());
        }
        String power = Integer.toString(Math.abs(exponent));
        out.append(exponent < 0 ? "e-" : "e+");
        out.append("0".repeat(Math.max(0, width - power.length())));
        return out.append(power).toString();
    }

    // Java's shortest form is sometimes a digit too long before 19 (2.0E-3 is right, 2.2250738585072014E-308 too,
    // 2E23 is written 2.0E23): a shorter one that reads back equal is preferred.
    private static BigDecimal digits(double value) {
        String written = Double.toString(value);
        BigDecimal exact = new BigDecimal(written).stripTrailingZeros();
        for (int precision = Math.max(1, exact.precision() - 2); precision < exact.precision(); precision++) {
            BigDecimal shorter = exact.round(new MathContext(precision));
            if (shorter.doubleValue() == value) {
                return shorter.stripTrailingZeros();
            }
        }
        return exact;
    }
}
