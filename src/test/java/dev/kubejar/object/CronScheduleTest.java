package dev.kubejar.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cron schedules, as robfig/cron reads them. */
class CronScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */5 * * * *        | 2026-01-01T00:02:10Z | 2026-01-01T00:05:00Z
            0 9 * * mon-fri    | 2026-01-02T09:00:00Z | 2026-01-05T09:00:00Z
            30 4 1,15 * 5      | 2026-01-01T04:30:00Z | 2026-01-02T04:30:00Z
            0 0 29 2 *         | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
            59 23 31 12 ?      | 2026-01-01T00:00:00Z | 2026-12-31T23:59:00Z
            10-20/5 * * * *    | 2026-01-01T00:10:00Z | 2026-01-01T00:15:00Z
            5/20 * * * *       | 2026-01-01T00:10:00Z | 2026-01-01T00:25:00Z
            @hourly            | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z
            @weekly            | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z
            @every 1m30s       | 2026-01-01T00:00:00.4Z | 2026-01-01T00:01:30Z
            TZ=Asia/Tokyo 0 6 * * * | 2026-01-01T00:00:00Z | 2026-01-01T21:00:00Z
            """)
    void nextTime(String spec, String after, String next) {
        assertEquals(
                Instant.parse(next.strip()),
                CronSchedule.parse(spec.strip(), ZoneOffset.UTC).next(Instant.parse(after.strip())));
    }

    @Test
    void aZoneMovesTheDay() {
        CronSchedule schedule = CronSchedule.parse("0 0 * * *", ZoneId.of("America/New_York"));
        assertEquals(Instant.parse("2026-01-01T05:00:00Z"), schedule.next(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void aDayThatNeverComesIsNull() {
        assertNull(CronSchedule.parse("0 0 31 2 *", ZoneOffset.UTC).next(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * *          | expected exactly 5 fields, found 4: [* * * *]
            61 * * * *       | end of range (61) above maximum (59): 61
            * * 0 * *        | beginning of range (0) below minimum (1): 0
            */0 * * * *      | step of range should be a positive number: */0
            x * * * *        | failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax
            @sometimes       | unrecognized descriptor: @sometimes
            """)
    void whatIsRefused(String spec, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> CronSchedule.parse(spec.strip(), ZoneOffset.UTC));
        assertEquals(message.strip(), refused.getMessage());
    }
}
