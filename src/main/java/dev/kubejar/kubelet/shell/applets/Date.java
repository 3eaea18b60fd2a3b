package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/** date. The time zone is UTC. */
public final class Date implements Applet {
    private static final List<String> FORMATS =
            List.of("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final long SECOND = 1_000_000_000L;

    @Override
    public int run(Task task) {
        Flags flags = new Flags(
                task,
                "ud:r:s:RI::D:",
                "date=d",
                "utc=u",
                "universal=u",
                "reference=r",
                "set=s",
                "rfc-2822=R",
                "iso-8601=I");
        long at = task.now();
        if (flags.has("d")) {
            Long parsed = parse(flags.value("d"), at);
            if (parsed == null) {
                task.err("date: invalid date '" + flags.value("d") + "'\n");
                return 1;
            }
            at = parsed;
        } else if (flags.has("r")) {
            try {
                at = task.files().at(flags.value("r")).node().mtime();
            } catch (FsError e) {
                task.err("date: " + flags.value("r") + ": " + e.getMessage() + "\n");
                return 1;
            }
        }
        List<String> rest = flags.rest();
        if (flags.has("s") || !rest.isEmpty() && !rest.get(0).startsWith("+")) {
            task.err(
                    flags.has("s")
                            ? "date: can't set date: Operation not permitted\n"
                            : "date: invalid date '" + rest.get(0) + "'\n");
            return 1;
        }
        task.out(text(flags, rest, at) + "\n");
        return 0;
    }

    private static String text(Flags flags, List<String> rest, long at) {
        long seconds = Math.floorDiv(at, SECOND);
        long nanos = Math.floorMod(at, SECOND);
        if (!rest.isEmpty()) {
            return Dates.format(rest.get(0).substring(1), seconds, nanos, "UTC");
        }
        if (flags.has("R")) {
            return Dates.format("%a, %d %b %Y %H:%M:%S %z", seconds, nanos, "UTC");
        }
        if (flags.has("I")) {
            return switch (flags.value("I")) {
                case "seconds", "s" -> Dates.format("%Y-%m-%dT%H:%M:%S+00:00", seconds, nanos, "UTC");
                case "minutes", "m" -> Dates.format("%Y-%m-%dT%H:%M+00:00", seconds, nanos, "UTC");
                case "hours", "h" -> Dates.format("%Y-%m-%dT%H+00:00", seconds, nanos, "UTC");
                default -> Dates.format("%Y-%m-%d", seconds, nanos, "UTC");
            };
        }
        return Dates.standard(seconds, nanos);
    }

    /** Nanoseconds since the epoch, or null where the text is no date. */
    static Long parse(String text, long now) {
        if (text.startsWith("@")) {
            long seconds = Text.number(text.substring(1), Long.MIN_VALUE);
            return seconds == Long.MIN_VALUE ? null : seconds * SECOND;
        }
        if (text.equals("now")) {
            return now;
        }
        for (String format : FORMATS) {
            try {
                LocalDateTime time = LocalDateTime.parse(text, DateTimeFormatter.ofPattern(format, Locale.ENGLISH));
                return time.toEpochSecond(ZoneOffset.UTC) * SECOND;
            } catch (DateTimeParseException e) {
                // the next format may fit
            }
        }
        try {
            return LocalDateTime.parse(text + "T00:00:00").toEpochSecond(ZoneOffset.UTC) * SECOND;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
