package dev.kubejar.object;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Reads times as Go's time.Parse does, with its messages. */
public final class GoTime {
    private static final String RFC3339 = "2006-01-02T15:04:05Z07:00";
    private static final String MICRO = "2006-01-02T15:04:05.000000Z07:00";

    private final String layout;
    private final String text;
    private int at;

    private GoTime(String layout, String text) {
        this.layout = layout;
        this.text = text;
    }

    /**
     * Reads what metav1.Time accepts: RFC 3339, fractions of a second allowed.
     *
     * @throws ParseError in Go's words
     */
    public static Instant seconds(String text) {
        return new GoTime(RFC3339, text).read(false);
    }

    /**
     * Reads what metav1.MicroTime accepts: RFC 3339 with exactly six decimals.
     *
     * @throws ParseError in Go's words
     */
    public static Instant micros(String text) {
        return new GoTime(MICRO, text).read(true);
    }

    private Instant read(boolean micro) {
        int year = digits(4, 4, "2006", 0, 9999, "year");
        literal("-");
        int month = digits(2, 2, "01", 1, 12, "month");
        literal("-");
        int day = digits(2, 2, "02", 0, 99, "day");
        literal("T");
        int hour = digits(1, 2, "15", 0, 23, "hour");
        literal(":");
        int minute = digits(2, 2, "04", 0, 59, "minute");
        literal(":");
        int second = digits(2, 2, "05", 0, 59, "second");
        int nanos = micro ? microseconds() : fraction();
        int offset = offset();
        if (at < text.length()) {
            throw new ParseError("parsing time " + quoted(text) + ": extra text: " + quoted(text.substring(at)));
        }
        if (day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
            throw outOfRange("day");
        }
        LocalDateTime local = LocalDateTime.of(year, month, day, hour, minute, second, nanos);
        return local.toInstant(ZoneOffset.UTC).minusSeconds(offset);
    }

    private int digits(int least, int most, String element, int low, int high, String what) {
        int from = at;
        int value = 0;
        while (at < text.length() && at - from < most && digit(at)) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (at - from < least) {
            throw mismatch(from, element);
        }
        if (value < low || value > high) {
            throw outOfRange(what);
        }
        return value;
    }

    private boolean digit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private void literal(String wanted) {
        if (!text.startsWith(wanted, at)) {
            throw mismatch(at, wanted);
        }
        at++;
    }

    private int fraction() {
        if (at + 1 >= text.length() || text.charAt(at) != '.' && text.charAt(at) != ',' || !digit(at + 1)) {
            return 0;
        }
        at++;
        int nanos = 0;
        int scale = 100_000_000;
        for (; at < text.length() && digit(at); at++) {
            nanos += (text.charAt(at) - '0') * scale;
            scale /= 10;
        }
        return nanos;
    }

    private int microseconds() {
        int from = at;
        boolean point = at + 7 <= text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
        int micros = 0;
        for (int i = at + 1; point && i < at + 7; i++) {
            point = digit(i);
            micros = micros * 10 + text.charAt(i) - '0';
        }
        if (!point) {
            throw mismatch(from, ".000000");
        }
        at += 7;
        return micros * 1000;
    }

    private int offset() {
        int from = at;
        if (text.startsWith("Z", at)) {
            at++;
            return 0;
        }
        boolean formed = at + 6 <= text.length()
                && (text.charAt(at) == '+' || text.charAt(at) == '-')
                && digit(at + 1)
                && digit(at + 2)
                && text.charAt(at + 3) == ':'
                && digit(at + 4)
                && digit(at + 5);
        if (!formed) {
            throw mismatch(from, "Z07:00");
        }
        int hours = Integer.parseInt(text, at + 1, at + 3, 10);
        int minutes = Integer.parseInt(text, at + 4, at + 6, 10);
        if (hours > 24) {
            throw outOfRange("time zone offset hour");
        }
        if (minutes > 60) {
            throw outOfRange("time zone offset minute");
        }
        at += 6;
        int seconds = (hours * 60 + minutes) * 60;
        return text.charAt(from) == '-' ? -seconds : seconds;
    }

    private ParseError mismatch(int from, String element) {
        return new ParseError("parsing time " + quoted(text) + " as " + quoted(layout) + ": cannot parse "
                + quoted(text.substring(from)) + " as " + quoted(element));
    }

    private ParseError outOfRange(String what) {
        return new ParseError("parsing time " + quoted(text) + ": " + what + " out of range");
    }

    /** The time package quotes in its own way: whatever is not printable ASCII becomes bytes. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            if (c >= 0x80 || c < ' ') {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
            }
        }
        return out.append('"').toString();
    }
}
