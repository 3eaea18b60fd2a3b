package dev.kubejar.cli;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Lines as the logging library of Kubernetes' programs writes them. */
public final class Klog {
    private Klog() {}

    /** {@code W1121 01:06:03.000000       1 file.go:12] message}. */
    public static String warning(Instant now, String place, String message) {
        return line('W', now, place, message);
    }

    /** The same of another severity: {@code I}, {@code W}, {@code E} or {@code F}. */
    public static String line(char severity, Instant now, String place, String message) {
        OffsetDateTime t = now.atOffset(ZoneOffset.UTC);
        return severity + two(t.getMonthValue()) + two(t.getDayOfMonth()) + " " + two(t.getHour()) + ":"
                + two(t.getMinute())
                + ":" + two(t.getSecond()) + "."
                + Integer.toString(1_000_000 + t.getNano() / 1_000).substring(1)
                + "       1 " + place + "] " + message;
    }

    private static String two(int value) {
        return value < 10 ? "0" + value : Integer.toString(value);
    }
}
