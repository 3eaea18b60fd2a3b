package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.CronSchedule;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Rules of CronJob. */
final class CronJobRules {
    private static final int LONGEST_NAME = 52;

    private CronJobRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        schedule(problems, spec, before);
        Values.notNegative(problems, "spec", spec, "startingDeadlineSeconds");
        if (before == null || !before.text("spec.timeZone").equals(spec.text("timeZone"))) {
            zone(problems, spec);
        }
        Values.oneOf(problems, "spec.concurrencyPolicy", spec.text("concurrencyPolicy"), "Allow", "Forbid", "Replace");
        template(problems, spec.obj("jobTemplate.spec"));
        Values.notNegative(problems, "spec", spec, "successfulJobsHistoryLimit");
        Values.notNegative(problems, "spec", spec, "failedJobsHistoryLimit");
        if (before == null && now.name().length() > LONGEST_NAME) {
            problems.invalid("metadata.name", now.name(), "must be no more than " + LONGEST_NAME + " characters");
        }
        Workloads.nameWarning(now, before, problems);
        if (before == null || now.generation() != before.generation()) {
            JobRules.warnings("spec.jobTemplate.spec", spec.obj("jobTemplate.spec"), problems);
        }
        if (spec.text("schedule").contains("TZ")) {
            problems.warn("CRON_TZ or TZ used in spec.schedule is not officially supported, see"
                    + " https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
    }

    private static void template(Problems problems, Obj job) {
        String path = "spec.jobTemplate.spec";
        JobRules.spec(problems, path, job);
        if (job.has("selector")) {
            problems.invalid(path + ".selector", Selectors.shown(job, "selector"), "`selector` will be auto-generated");
        }
        if (job.bool("manualSelector")) {
            problems.notSupported(path + ".manualSelector", true, List.of("nil", "false"));
        }
    }

    private static void schedule(Problems problems, Obj spec, Obj before) {
        String path = "spec.schedule";
        String schedule = spec.text("schedule");
        if (schedule.isEmpty()) {
            problems.required(path, "");
            return;
        }
        try {
            CronSchedule.parse(schedule, ZoneOffset.UTC);
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.invalid(path, schedule, e.getMessage());
        }
        boolean had = before != null && before.text(path).contains("TZ");
        if (schedule.contains("TZ")) {
            if (had && spec.has("timeZone")) {
                problems.invalid(path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
            } else if (!had) {
                problems.invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            }
        }
    }

    private static void zone(Problems problems, Obj spec) {
        if (!spec.has("timeZone")) {
            return;
        }
        String path = "spec.timeZone";
        String zone = spec.text("timeZone");
        if (zone.isEmpty()) {
            problems.invalid(path, zone, "timeZone must be nil or non-empty string");
            return;
        }
        String unknown = "unknown time zone " + zone;
        for (String part : zone.split("/", -1)) {
            boolean odd = part.equals(".") || part.equals("..") || part.startsWith("-");
            if (odd || !part.matches("[A-Za-z.\\-_0-9+]{1,14}")) {
                problems.invalid(path, zone, unknown);
                return;
            }
        }
        if (zone.equalsIgnoreCase("Local")) {
            problems.invalid(
                    path, zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        } else if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            problems.invalid(path, zone, unknown);
        }
    }
}
