package dev.kubejar.kubelet.shell;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers with fractions as C prints them. */
public final class Numbers {
    private Numbers() {}

    /** Formats by one of {@code f e g} and their capitals, without width. */
    public static String format(char kind, String flags, int precision, double value) {
        String sign = value < 0 || 1 / value < 0 ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return (Double.isNaN(value) ? "" : sign) + (Double.isNaN(value) ? "nan" : "inf");
        }
        BigDecimal exact = new BigDecimal(Math.abs(value));
        int digits = precision < 0 ? 6 : Math.min(precision, 1000);
        String text =
                switch (Character.toLowerCase(kind)) {
                    case 'f' -> exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
                    case 'e' -> exponential(exact, digits);
                    default -> general(exact, Math.max(1, digits), flags.contains("#"));
                };
        return sign + (Character.isUpperCase(kind) ? text.toUpperCase(Locale.ROOT) : text);
    }

    private static String exponential(BigDecimal value, int digits) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(digits).toPlainString() + "e+00";
        }
        BigDecimal rounded = value.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
        int size = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    private static String general(BigDecimal value, int digits, boolean keepZeros) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits) {
            String text = exponential(value, digits - 1);
            int e = text.indexOf('e');
            return keepZeros ? text : strip(text.substring(0, e)) + text.substring(e);
        }
        String text = rounded.setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN)
                .toPlainString();
        return keepZeros ? text : strip(text);
    }

    private static String strip(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
