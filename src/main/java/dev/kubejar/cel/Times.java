package dev.kubejar.cel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Parts of timestamps, in UTC unless a zone is told, and of durations. */
final class Times {
    private Times() {}

    static void add(Map<String, Library.Function> to) {
        part(to, "getFullYear", ZonedDateTime::getYear);
        part(to, "getMonth", time -> time.getMonthValue() - 1);
        part(to, "getDayOfYear", time -> time.getDayOfYear() - 1);
        part(to, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
        part(to, "getDate", ZonedDateTime::getDayOfMonth);
        part(to, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
        both(to, "getHours", ZonedDateTime::getHour, Duration::toHours);
        both(to, "getMinutes", ZonedDateTime::getMinute, Duration::toMinutes);
        both(to, "getSeconds", ZonedDateTime::getSecond, Duration::getSeconds);
        both(to, "getMilliseconds", time -> time.getNano() / 1_000_000, each -> each.toMillis());
    }

    private static void part(Map<String, Library.Function> to, String name, ToLongFunction<ZonedDateTime> part) {
        to.put(name, args -> args[0] instanceof Instant instant ? part.applyAsLong(zoned(instant, args)) : null);
    }

    private static void both(
            Map<String, Library.Function> to,
            String name,
            ToLongFunction<ZonedDateTime> part,
            ToLongFunction<Duration> whole) {
        to.put(name, args -> {
            if (args[0] instanceof Duration duration) {
                return whole.applyAsLong(duration);
            }
            return args[0] instanceof Instant instant ? part.applyAsLong(zoned(instant, args)) : null;
        });
    }

    private static ZonedDateTime zoned(Instant instant, Object[] args) {
        if (args.length < 2) {
            return instant.atZone(ZoneOffset.UTC);
        }
        String zone = Texts.text(args, 1);
        try {
            String offset = zone.matches("\\d\\d:\\d\\d") ? "+" + zone : zone;
            return instant.atZone(ZoneId.of(offset));
        } catch (DateTimeException e) {
            throw new CelError("unknown time zone " + zone);
        }
    }
}
