package dev.kubejar.object;

import dev.kubejar.object.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The parts of a written quantity, {@code -01.50Ki}: its {@code value} is -01.50, {@code whole} 1, {@code fraction} 50;
 * what it comes to follows apimachinery's parser, the forms that it leaves alone included.
 */
record QuantityParser(boolean negative, String value, String whole, String fraction, String suffix) {
    private static final String BINARY_SUFFIXES = "KMGTPE";
    private static final int NANO = -9;
    private static final int LONG_DIGITS = 18;
    private static final int MAX_EXPONENT = 1 << 30;
    private static final BigDecimal MAX_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

    static Quantity parse(String text) {
        QuantityParser parts = of(text);
        String suffix = parts.suffix();
        Format format = Format.DECIMAL_SI;
        int exponent = 0;
        if (!suffix.isEmpty()) {
            int binary = binaryExponent(suffix);
            Integer decimal = binary > 0 ? null : decimalExponent(suffix);
            if (binary > 0) {
                format = Format.BINARY_SI;
                exponent = binary;
            } else if (decimal != null) {
                exponent = decimal;
            } else {
                format = Format.DECIMAL_EXPONENT;
                exponent = writtenExponent(suffix);
            }
        }
        Quantity small = parts.small(text, format, exponent);
        return small != null ? small : parts.large(format, exponent);
    }

    private static int binaryExponent(String suffix) {
        if (suffix.length() != 2 || suffix.charAt(1) != 'i') {
            return 0;
        }
        return 10 * (1 + BINARY_SUFFIXES.indexOf(suffix.charAt(0)));
    }

    private static Integer decimalExponent(String suffix) {
        int at = suffix.length() == 1 ? Quantity.DECIMAL_SUFFIXES.indexOf(suffix.charAt(0)) : -1;
        if (at < 0) {
            return null;
        }
        return at < 3 ? (at - 3) * 3 : (at - 2) * 3;
    }

    private static int writtenExponent(String suffix) {
        char first = suffix.charAt(0);
        if (suffix.length() < 2 || first != 'e' && first != 'E') {
            throw new ParseError(Quantity.WRONG_SUFFIX);
        }
        try {
            return (int) Long.parseLong(suffix, 1, suffix.length(), 10); // apimachinery cuts it to 32 bits
        } catch (NumberFormatException e) {
            throw new ParseError(Quantity.WRONG_SUFFIX);
        }
    }

    static QuantityParser of(String text) {
        int end = text.length();
        char first = text.charAt(0);
        int pos = first == '-' || first == '+' ? 1 : 0;
        boolean negative = first == '-';
        while (pos < end && text.charAt(pos) == '0') {
            pos++;
        }
        if (pos == end) {
            return new QuantityParser(negative, "0", "0", "", "");
        }
        int start = pos;
        pos = digits(text, pos);
        String whole = start == pos ? "0" : text.substring(start, pos);
        String fraction = "";
        if (pos < end && text.charAt(pos) == '.') {
            start = pos + 1;
            pos = digits(text, start);
            fraction = text.substring(start, pos);
        }
        if (whole.length() + fraction.length() > Quantity.MAX_DIGITS) {
            throw new ParseError(Quantity.WRONG_NUMBER);
        }
        return new QuantityParser(negative, text.substring(0, pos), whole, fraction, suffix(text, pos));
    }

    private static int digits(String text, int from) {
        int pos = from;
        while (pos < text.length() && text.charAt(pos) >= '0' && text.charAt(pos) <= '9') {
            pos++;
        }
        return pos;
    }

    private static String suffix(String text, int from) {
        int pos = from;
        int end = text.length();
        while (pos < end && "eEinumkKMGTP".indexOf(text.charAt(pos)) >= 0) {
            pos++;
        }
        if (pos < end && (text.charAt(pos) == '-' || text.charAt(pos) == '+')) {
            pos++;
        }
        if (digits(text, pos) != end) {
            throw new ParseError(Quantity.WRONG_FORMAT);
        }
        return text.substring(from);
    }

    /** What fits a long, whose own text is kept where it is canonical; null for the rest. */
    Quantity small(String text, Format format, int exponent) {
        int scale = format == Format.BINARY_SI ? 0 : exponent;
        int room = LONG_DIGITS - whole.length() - fraction.length();
        if (format == Format.BINARY_SI) {
            room = fraction.isEmpty() ? 15 - whole.length() - exponent * 3 / 10 - 1 : -1;
        }
        scale -= fraction.length();
        if (room < 0 || scale < NANO) {
            return null;
        }
        String digits = whole + fraction;
        long value = Long.parseLong(digits);
        boolean canonical = format == Format.BINARY_SI
                ? (value & 7) != 0
                : scale % 3 == 0 && !digits.endsWith("000") && digits.charAt(0) != '0';
        long shifted = format == Format.BINARY_SI ? value << exponent : value;
        BigDecimal amount = BigDecimal.valueOf(negative ? -shifted : shifted, -Math.min(scale, MAX_EXPONENT));
        return new Quantity(amount, format, canonical ? text : null);
    }

    /** The rest: rounded up to a billionth, and capped where the suffix is binary. */
    Quantity large(Format written, int exponent) {
        BigDecimal amount;
        try {
            amount = new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw new ParseError(Quantity.WRONG_NUMBER);
        }
        Format format = written;
        if (format == Format.BINARY_SI) {
            amount = amount.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)));
        } else {
            long scale = Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, (long) amount.scale() - exponent));
            amount = new BigDecimal(amount.unscaledValue(), (int) scale);
        }
        amount = atLeastNano(amount);
        if (format == Format.BINARY_SI) {
            BigDecimal size = amount.abs();
            if (size.compareTo(MAX_BINARY) > 0) {
                amount = negative ? MAX_BINARY.negate() : MAX_BINARY;
            }
            if (size.compareTo(BigDecimal.ONE) < 0 && size.signum() > 0) {
                format = Format.DECIMAL_SI;
            }
        }
        return new Quantity(amount, format, null);
    }

    private static BigDecimal atLeastNano(BigDecimal amount) {
        if (amount.signum() == 0 || amount.scale() <= -NANO) {
            return amount;
        }
        if ((long) amount.precision() - amount.scale() < NANO) {
            return BigDecimal.valueOf(amount.signum(), -NANO);
        }
        return amount.setScale(-NANO, RoundingMode.UP);
    }
}
