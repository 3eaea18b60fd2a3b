package dev.kubejar.object;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Instants and durations in Kubernetes' written forms. */
public final class Times {
    private Times() {}

    /** RFC 3339 to the second in UTC, as metav1.Time is written: {@code 2026-01-01T00:00:00Z}. */
    public static String seconds(Instant instant) {
        return written(instant, 0);
    }

    /** RFC 3339 with six decimals in UTC, as metav1.MicroTime is written. */
    public static String micros(Instant instant) {
        return written(instant, 6);
    }

    /** RFC 3339 with nine decimals in UTC, as a log line's timestamp is written (trailing zeros kept). */
    public static String nanos(Instant instant) {
        return written(instant, 9);
    }

    private static String written(Instant instant, int decimals) {
        OffsetDateTime t = instant.atOffset(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(30);
        padded(out, t.getYear(), 4).append('-');
        padded(out, t.getMonthValue(), 2).append('-');
        padded(out, t.getDayOfMonth(), 2).append('T');
        padded(out, t.getHour(), 2).append(':');
        padded(out, t.getMinute(), 2).append(':');
        padded(out, t.getSecond(), 2);
        if (decimals > 0) {
            String nanos = Integer.toString(1_000_000_000 + t.getNano());
            out.append('.').append(nanos, 1, 1 + decimals);
        }
        return out.append('Z').toString();
    }

    private static StringBuilder padded(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }

    /**
     * Reads RFC 3339 with any offset.
     *
     * @throws DateTimeException where the text is not a time
     */
    public static Instant parse(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** A short age as kubectl's columns show it: {@code 5s}, {@code 2m30s}, {@code 3h5m}, {@code 2d4h}, {@code 400d}, {@code 3y2d}. */
    public static String age(Duration age) {
        long seconds = age.getSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 60 * 2) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return parts(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 60 * 3) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return parts(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (hours < 24 * 8) {
            return parts(days, "d", hours % 24, "h");
        }
        if (hours < 24 * 365 * 2) {
            return days + "d";
        }
        long years = days / 365;
        return hours < 24 * 365 * 8 ? parts(years, "y", days % 365, "d") : years + "y";
    }

    private static String parts(long big, String unit, long small, String smallUnit) {
        return small == 0 ? big + unit : big + unit + small + smallUnit;
    }

    /** The age of a time at {@code now}; {@code <unknown>} where there is none. */
    public static String since(Instant then, Instant now) {
        return then == null ? "<unknown>" : age(Duration.between(then, now));
    }
}
