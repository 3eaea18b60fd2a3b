package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An amount of a resource, exact: {@code 500m}, {@code 1.5Gi}, {@code 12e6}. It is read and written as
 * apimachinery's resource.Quantity, which keeps the family of suffixes it was written with, rounds what is finer than a
 * billionth up, and writes the shortest form without a fraction.
 */
public final class Quantity implements Comparable<Quantity> {
    /** The families of suffixes. */
    public enum Format {
        /** {@code 12e6}. */
        DECIMAL_EXPONENT,
        /** {@code 12Mi}, powers of 1024. */
        BINARY_SI,
        /** {@code 12M}, powers of 1000. */
        DECIMAL_SI
    }

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI, "0");

    static final String WRONG_FORMAT =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    static final String WRONG_NUMBER = "unable to parse numeric part of quantity";
    static final String WRONG_SUFFIX = "unable to parse quantity's suffix";

    static final String DECIMAL_SUFFIXES = "numkMGTPE";
    private static final String BINARY_SUFFIXES = "KMGTPE";
    static final int MAX_DIGITS = 4_096;
    private static final BigDecimal MAX_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final BigInteger BIG_KIBI = BigInteger.valueOf(1024);
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);

    private final BigDecimal amount;
    private final Format format;
    private String text;

    Quantity(BigDecimal amount, Format format, String text) {
        this.amount = amount;
        this.format = format;
        this.text = text;
    }

    /** A whole amount. */
    public static Quantity of(long value, Format format) {
        return new Quantity(BigDecimal.valueOf(value), format, null);
    }

    /** Thousandths. */
    public static Quantity ofMilli(long value, Format format) {
        return new Quantity(BigDecimal.valueOf(value, 3), format, null);
    }

    /** An exact amount. */
    public static Quantity of(BigDecimal value, Format format) {
        return new Quantity(value, format, null);
    }

    /** The quantity a field holds, as a string or a number; zero where it is absent or null. */
    public static Quantity of(JsonNode field) {
        if (field == null || field.isMissingNode() || field.isNull()) {
            return ZERO;
        }
        return parse((field.isTextual() ? field.textValue() : GoNumber.text(field)).strip());
    }

    /** Whether the text is a quantity. */
    public static boolean valid(String text) {
        try {
            parse(text);
            return true;
        } catch (ParseError e) {
            return false;
        }
    }

    /**
     * Reads a quantity.
     *
     * @throws ParseError with apimachinery's three messages
     */
    public static Quantity parse(String text) {
        if (text.isEmpty()) {
            throw new ParseError(WRONG_FORMAT);
        }
        if (text.equals("0")) {
            return ZERO;
        }
        return QuantityParser.parse(text);
    }

    public Format format() {
        return format;
    }

    /** The exact amount. */
    public BigDecimal decimal() {
        return amount;
    }

    public int signum() {
        return amount.signum();
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** The amount, rounded away from zero to a whole number; the nearest long where it is out of range. */
    public long value() {
        return scaled(0);
    }

    /** Thousandths, rounded away from zero; the nearest long where it is out of range. */
    public long milliValue() {
        return scaled(3);
    }

    /** Units of ten to the power of minus {@code places}, rounded away from zero: 0 whole, 3 thousandths. */
    public long scaled(int places) {
        if (amount.signum() == 0) {
            return 0;
        }
        if ((long) amount.precision() - amount.scale() + places > 20) {
            return amount.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        BigDecimal units = amount.scaleByPowerOfTen(places).setScale(0, RoundingMode.UP);
        if (units.compareTo(MAX_BINARY) > 0) {
            return Long.MAX_VALUE;
        }
        return units.compareTo(MIN_LONG) < 0 ? Long.MIN_VALUE : units.longValue();
    }

    /** The nearest double; infinite where it is out of range. */
    public double asApproximate() {
        return amount.doubleValue();
    }

    /** The sum, in this one's format, or the other's where this is zero. */
    public Quantity add(Quantity other) {
        return new Quantity(sum(amount, other.amount), isZero() ? other.format : format, null);
    }

    /** The difference, in this one's format, or the other's where this is zero. */
    public Quantity sub(Quantity other) {
        return new Quantity(sum(amount, other.amount.negate()), isZero() ? other.format : format, null);
    }

    /** The product, in this one's format. */
    public Quantity multiply(long factor) {
        return new Quantity(amount.multiply(BigDecimal.valueOf(factor)), format, null);
    }

    public Quantity negate() {
        return new Quantity(amount.negate(), format, null);
    }

    public Quantity max(Quantity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Quantity min(Quantity other) {
        return compareTo(other) <= 0 ? this : other;
    }

    // 1e1000000000 + 1 would need a gigabyte of digits: the smaller one vanishes.
    private static BigDecimal sum(BigDecimal a, BigDecimal b) {
        if (Math.abs((long) a.scale() - b.scale()) <= MAX_DIGITS) {
            return a.add(b);
        }
        if (a.signum() == 0 || b.signum() == 0) {
            return a.signum() == 0 ? b : a;
        }
        return a.abs().compareTo(b.abs()) >= 0 ? a : b;
    }

    /** Rounded away from zero to a multiple of ten to the power of minus {@code places}. */
    public Quantity roundUp(int places) {
        if (amount.scale() <= places) {
            return this;
        }
        return new Quantity(amount.setScale(places, RoundingMode.UP), format, null);
    }

    /** By amount alone: {@code 1000m} equals {@code 1}. */
    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    public int compareTo(long other) {
        return amount.compareTo(BigDecimal.valueOf(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    /** The canonical form. */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = canonical();
            text = known;
        }
        return known;
    }

    private String canonical() {
        if (isZero()) {
            return "0";
        }
        BigDecimal size = amount.abs();
        if (format == Format.BINARY_SI && size.compareTo(KIBI) >= 0) {
            BigDecimal whole = amount.stripTrailingZeros();
            if (whole.scale() <= 0 && whole.scale() > -MAX_DIGITS) {
                return binary(whole.toBigIntegerExact());
            }
        }
        return decimal(amount.stripTrailingZeros());
    }

    private static String binary(BigInteger whole) {
        BigInteger rest = whole;
        int times = 0;
        BigInteger[] next = rest.divideAndRemainder(BIG_KIBI);
        while (next[1].signum() == 0 && rest.signum() != 0) {
            rest = next[0];
            times++;
            next = rest.divideAndRemainder(BIG_KIBI);
        }
        // Past Ei apimachinery writes no suffix at all.
        String suffix = times == 0 || times > 6 ? "" : BINARY_SUFFIXES.charAt(times - 1) + "i";
        return rest + suffix;
    }

    private String decimal(BigDecimal bare) {
        int exponent = -bare.scale();
        int over = Math.floorMod(exponent, 3);
        String digits = bare.unscaledValue() + "00".substring(0, over);
        exponent -= over;
        if (exponent == 0) {
            return digits;
        }
        if (format == Format.DECIMAL_EXPONENT) {
            return digits + "e" + exponent;
        }
        int at = exponent / 3;
        // Past E apimachinery writes no suffix at all.
        return at < -3 || at > 6 ? digits : digits + DECIMAL_SUFFIXES.charAt(at < 0 ? at + 3 : at + 2);
    }
}
