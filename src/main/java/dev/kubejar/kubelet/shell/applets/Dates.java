package dev.kubejar.kubelet.shell.applets;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Instants as text, by the letters of strftime; everything is UTC. */
final class Dates {
    private static final String DEFAULT = "%a %b %e %H:%M:%S %Z %Y";

    private Dates() {}

    static String standard(long seconds, long nanos) {
        return format(DEFAULT, seconds, nanos, "UTC");
    }

    static String format(String format, long seconds, long nanos, String zone) {
        ZonedDateTime time = Instant.ofEpochSecond(seconds, nanos).atZone(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            c = format.charAt(++i);
            boolean bare = c == '-' || c == '_';
            if (bare && i + 1 < format.length()) {
                c = format.charAt(++i);
            }
            String text = field(c, time, zone);
            out.append(bare ? text.replaceFirst("^[0 ]+(?=.)", "") : text);
        }
        return out.toString();
    }

    private static String field(char letter, ZonedDateTime t, String zone) {
        return switch (letter) {
            case 'Y' -> Integer.toString(t.getYear());
            case 'C' -> two(t.getYear() / 100);
            case 'y' -> two(t.getYear() % 100);
            case 'm' -> two(t.getMonthValue());
            case 'd' -> two(t.getDayOfMonth());
            case 'e' -> (t.getDayOfMonth() < 10 ? " " : "") + t.getDayOfMonth();
            case 'H' -> two(t.getHour());
            case 'k' -> (t.getHour() < 10 ? " " : "") + t.getHour();
            case 'I' -> two((t.getHour() + 11) % 12 + 1);
            case 'M' -> two(t.getMinute());
            case 'S' -> two(t.getSecond());
            case 'N' -> String.valueOf(1_000_000_000L + t.getNano()).substring(1);
            case 'p' -> t.getHour() < 12 ? "AM" : "PM";
            case 'P' -> t.getHour() < 12 ? "am" : "pm";
            case 's' -> Long.toString(t.toEpochSecond());
            case 'j' -> String.valueOf(1000 + t.getDayOfYear()).substring(1);
            case 'a' -> name(t, "EEE");
            case 'A' -> name(t, "EEEE");
            case 'b', 'h' -> name(t, "MMM");
            case 'B' -> name(t, "MMMM");
            case 'u' -> Integer.toString(t.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(t.getDayOfWeek().getValue() % 7);
            case 'V' -> two(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> Integer.toString(t.get(IsoFields.WEEK_BASED_YEAR));
            case 'U' -> two((t.getDayOfYear() + 6 - t.getDayOfWeek().getValue() % 7) / 7);
            case 'W' -> two((t.getDayOfYear() + 6 - (t.get(ChronoField.DAY_OF_WEEK) - 1)) / 7);
            case 'Z' -> zone;
            case 'z' -> "+0000";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'F' -> t.getYear() + "-" + two(t.getMonthValue()) + "-" + two(t.getDayOfMonth());
            case 'T', 'X' -> two(t.getHour()) + ":" + two(t.getMinute()) + ":" + two(t.getSecond());
            case 'R' -> two(t.getHour()) + ":" + two(t.getMinute());
            case 'D', 'x' -> two(t.getMonthValue()) + "/" + two(t.getDayOfMonth()) + "/" + two(t.getYear() % 100);
            case 'r' ->
                field('I', t, zone) + ":" + two(t.getMinute()) + ":" + two(t.getSecond()) + " " + field('p', t, zone);
            case 'c' -> name(t, "EEE MMM") + " " + field('e', t, zone) + " " + field('T', t, zone) + " " + t.getYear();
            default -> "%" + letter;
        };
    }

    private static String name(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }
}
