package dev.kubejar.object;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A cron schedule as robfig/cron reads it: five fields, {@code @hourly} and its like, {@code @every 90s}, and a time zone
 * in front ({@code TZ=Asia/Tokyo 0 6 * * *}).
 */
public final class CronSchedule {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final int YEARS_AHEAD = 5;

    private final Duration every;
    private final ZoneId zone;
    private final long minutes;
    private final long hours;
    private final long daysOfMonth;
    private final long months;
    private final long daysOfWeek;
    private final boolean anyDay;

    private CronSchedule(ZoneId zone, String[] fields) {
        this.every = null;
        this.zone = zone;
        minutes = field(fields[0], 0, 59, List.of(), 0);
        hours = field(fields[1], 0, 23, List.of(), 0);
        daysOfMonth = field(fields[2], 1, 31, List.of(), 0);
        months = field(fields[3], 1, 12, MONTHS, 1);
        daysOfWeek = field(fields[4], 0, 6, DAYS, 0);
        anyDay = star(fields[2]) || star(fields[4]);
    }

    private CronSchedule(Duration every) {
        this.every = every;
        this.zone = null;
        this.minutes = this.hours = this.daysOfMonth = this.months = this.daysOfWeek = 0;
        this.anyDay = false;
    }

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException where it is none, with robfig/cron's words
     * @throws DateTimeException where the zone is unknown
     */
    public static CronSchedule parse(String text, ZoneId zone) {
        String spec = text;
        ZoneId in = zone;
        if (spec.startsWith("TZ=") || spec.startsWith("CRON_TZ=")) {
            int space = spec.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("empty spec string");
            }
            in = ZoneId.of(spec.substring(spec.indexOf('=') + 1, space));
            spec = spec.substring(space).strip();
        }
        if (spec.startsWith("@")) {
            return described(spec, in);
        }
        String[] fields = spec.isBlank() ? new String[0] : spec.strip().split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]");
        }
        return new CronSchedule(in, fields);
    }

    private static CronSchedule described(String spec, ZoneId zone) {
        String fields =
                switch (spec) {
                    case "@yearly", "@annually" -> "0 0 1 1 *";
                    case "@monthly" -> "0 0 1 * *";
                    case "@weekly" -> "0 0 * * 0";
                    case "@daily", "@midnight" -> "0 0 * * *";
                    case "@hourly" -> "0 * * * *";
                    default -> "";
                };
        if (!fields.isEmpty()) {
            return new CronSchedule(zone, fields.split(" "));
        }
        if (spec.startsWith("@every ")) {
            Duration every = duration(spec.substring("@every ".length()));
            return new CronSchedule(every.getSeconds() < 1 ? Duration.ofSeconds(1) : every);
        }
        throw new IllegalArgumentException("unrecognized descriptor: " + spec);
    }

    /** A Go duration: {@code 1h30m}. */
    private static Duration duration(String text) {
        double seconds = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = at;
            while (digits < text.length() && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
                digits++;
            }
            int unit = digits;
            while (unit < text.length() && Character.isLetter(text.charAt(unit))) {
                unit++;
            }
            double scale =
                    switch (text.substring(digits, unit)) {
                        case "h" -> 3600;
                        case "m" -> 60;
                        case "s" -> 1;
                        case "ms" -> 0.001;
                        default ->
                            throw new IllegalArgumentException("failed to parse duration @every " + text
                                    + ": time: invalid duration \"" + text + "\"");
                    };
            if (digits == at) {
                throw new IllegalArgumentException(
                        "failed to parse duration @every " + text + ": time: invalid duration \"" + text + "\"");
            }
            seconds += Double.parseDouble(text.substring(at, digits)) * scale;
            at = unit;
        }
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static boolean star(String field) {
        return field.startsWith("*") || field.startsWith("?");
    }

    /** The set of values of a field as bits. */
    private static long field(String text, int min, int max, List<String> names, int first) {
        long bits = 0;
        for (String part : text.split(",", -1)) {
            if (!part.isEmpty()) {
                bits |= range(part, min, max, names, first);
            }
        }
        return bits;
    }

    private static long range(String text, int min, int max, List<String> names, int first) {
        String[] stepped = text.split("/", -1);
        String[] ends = stepped[0].split("-", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException("too many hyphens: " + text);
        }
        if (stepped.length > 2) {
            throw new IllegalArgumentException("too many slashes: " + text);
        }
        boolean all = ends[0].equals("*") || ends[0].equals("?");
        int from = all ? min : number(ends[0], names, first);
        int to = all ? max : ends.length == 2 ? number(ends[1], names, first) : from;
        int step = 1;
        if (stepped.length == 2) {
            step = number(stepped[1], List.of(), 0);
            if (!all && ends.length == 1) {
                to = max;
            }
        }
        check(from, to, step, min, max, text);
        long bits = 0;
        for (int i = from; i <= to; i += step) {
            bits |= 1L << i;
        }
        return bits;
    }

    private static void check(int from, int to, int step, int min, int max, String text) {
        if (from < min) {
            throw new IllegalArgumentException(
                    "beginning of range (" + from + ") below minimum (" + min + "): " + text);
        }
        if (to > max) {
            throw new IllegalArgumentException("end of range (" + to + ") above maximum (" + max + "): " + text);
        }
        if (from > to) {
            throw new IllegalArgumentException(
                    "beginning of range (" + from + ") beyond end of range (" + to + "): " + text);
        }
        if (step == 0) {
            throw new IllegalArgumentException("step of range should be a positive number: " + text);
        }
    }

    private static int number(String text, List<String> names, int first) {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return named + first;
        }
        try {
            int number = Integer.parseInt(text);
            if (number < 0) {
                throw new IllegalArgumentException("negative number (" + number + ") not allowed: " + text);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
    }

    /** The first time after an instant, to the second; null where there is none within five years. */
    public Instant next(Instant after) {
        if (every != null) {
            return after.truncatedTo(ChronoUnit.SECONDS).plus(every);
        }
        ZonedDateTime time = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        int lastYear = time.getYear() + YEARS_AHEAD;
        while (time.getYear() <= lastYear) {
            if (!in(months, time.getMonthValue())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!day(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!in(hours, time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!in(minutes, time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return time.toInstant();
            }
        }
        return null;
    }

    private boolean day(ZonedDateTime time) {
        boolean month = in(daysOfMonth, time.getDayOfMonth());
        boolean week = in(daysOfWeek, time.getDayOfWeek().getValue() % 7);
        return anyDay ? month && week : month || week;
    }

    private static boolean in(long bits, int value) {
        return (bits & 1L << value) != 0;
    }
}
