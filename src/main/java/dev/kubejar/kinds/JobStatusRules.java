package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules of a Job's status. Most of them look only at what this update changes: a status that already was wrong may be
 * completed, and one that a change of the specification made wrong may be mended later.
 */
final class JobStatusRules {
    private static final String CONDITIONS = "status.conditions";

    private final Obj now;
    private final Obj before;
    private final Problems problems;

    private JobStatusRules(Obj now, Obj before, Problems problems) {
        this.now = now;
        this.before = before;
        this.problems = problems;
    }

    static void check(Obj now, Obj before, Problems problems) {
        JobStatusRules rules = new JobStatusRules(now, before, problems);
        WorkloadRules.counts(problems, now.obj("status"), "active", "succeeded", "failed", "ready", "terminating");
        rules.uncounted();
        rules.conditions();
        rules.times();
        rules.finished();
        rules.indexes();
        rules.success();
        rules.transitions();
    }

    private static boolean is(Obj job, String condition) {
        for (Obj each : job.list(CONDITIONS)) {
            if (each.text("type").equals(condition) && each.text("status").equals("True")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOver(Obj job) {
        return is(job, "Complete") || is(job, "Failed");
    }

    private boolean turned(String condition) {
        return is(now, condition) != is(before, condition);
    }

    private boolean changed(String field) {
        return !Values.same(now.at("status." + field), before.at("status." + field));
    }

    private void refuse(String detail) {
        problems.invalid(CONDITIONS, detail);
    }

    private void uncounted() {
        Set<String> seen = new HashSet<>();
        for (String list : List.of("succeeded", "failed")) {
            String path = "status.uncountedTerminatedPods." + list;
            List<String> uids = now.texts(path);
            for (int i = 0; i < uids.size(); i++) {
                if (uids.get(i).isEmpty()) {
                    problems.invalid(path + "[" + i + "]", "", "must not be empty");
                } else if (!seen.add(uids.get(i))) {
                    problems.duplicate(path + "[" + i + "]", uids.get(i));
                }
            }
        }
    }

    private void conditions() {
        boolean complete = is(now, "Complete");
        boolean failed = is(now, "Failed");
        if ((turned("Complete") || turned("Failed")) && complete && failed) {
            refuse("cannot set Complete=True and Failed=true conditions");
        }
        if ((turned("Complete") || turned("FailureTarget")) && complete && is(now, "FailureTarget")) {
            refuse("cannot set Complete=True and FailureTarget=true conditions");
        }
    }

    private void times() {
        String path = "status.completionTime";
        boolean complete = is(now, "Complete");
        Instant start = now.has("status.startTime") ? now.time("status.startTime") : null;
        Instant end = now.has(path) ? now.time(path) : null;
        boolean touched = turned("Complete") || changed("completionTime");
        if (touched && end != null && !complete) {
            problems.invalid(path, now.at(path), "cannot set completionTime when there is no Complete=True condition");
        }
        if (touched && end == null && complete) {
            problems.required(path, "completionTime is required for Complete jobs");
        }
        boolean moved = changed("startTime") || changed("completionTime");
        if (moved && start != null && end != null && end.isBefore(start)) {
            problems.invalid(path, now.at(path), "must be equal to or after `startTime`");
        }
    }

    private void finished() {
        boolean over = isOver(now);
        boolean ended = isOver(now) != isOver(before);
        if ((turned("Failed") || changed("failedIndexes")) && is(now, "Failed") && !is(now, "FailureTarget")) {
            refuse("cannot set Failed=True condition without the FailureTarget=true condition");
        }
        if ((turned("Complete") || turned("SuccessCriteriaMet"))
                && is(now, "Complete")
                && !is(now, "SuccessCriteriaMet")) {
            refuse("cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        }
        if (!over) {
            return;
        }
        long active = now.number("status.active");
        if ((ended || changed("active")) && active > 0) {
            problems.invalid("status.active", active, "active>0 is invalid for finished job");
        }
        boolean never = now.bool("spec.suspend") && now.number("spec.completions", 1) == 0;
        if ((ended || changed("startTime")) && !never && !now.has("status.startTime")) {
            problems.required("status.startTime", "startTime is required for finished job");
        }
        Obj uncounted = now.obj("status.uncountedTerminatedPods");
        if ((ended || changed("uncountedTerminatedPods"))
                && !(uncounted.texts("succeeded").isEmpty()
                        && uncounted.texts("failed").isEmpty())) {
            problems.invalid(
                    "status.uncountedTerminatedPods",
                    GoStructs.of("UncountedTerminatedPods", uncounted),
                    "must be empty for finished job");
        }
    }

    private void indexes() {
        boolean done = changed("completedIndexes");
        boolean lost =
                changed("failedIndexes") || now.has("status.failedIndexes") != before.has("status.failedIndexes");
        boolean counted = now.has("spec.completions");
        boolean limited = now.has("spec.backoffLimitPerIndex");
        boolean hasLost = now.has("status.failedIndexes");
        String completed = now.text("status.completedIndexes");
        String failed = now.text("status.failedIndexes");
        long completions = now.number("spec.completions");
        if (done && counted) {
            parsed("completedIndexes", completed, completions);
        }
        if (lost && counted && limited && hasLost) {
            parsed("failedIndexes", failed, completions);
        }
        if (done && !completed.isEmpty() && !now.text("spec.completionMode").equals("Indexed")) {
            problems.invalid(
                    "status.completedIndexes",
                    completed,
                    "cannot set non-empty completedIndexes when non-indexed completion mode");
        }
        if (lost && !limited && hasLost) {
            problems.invalid(
                    "status.failedIndexes",
                    failed,
                    "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
        }
        long both = (lost || done) && counted && hasLost ? JobRules.overlap(completed, failed, completions) : -1;
        if (both >= 0) {
            problems.invalid(
                    "status.failedIndexes", failed, "failedIndexes and completedIndexes overlap at index: " + both);
        }
    }

    private void parsed(String field, String indexes, long completions) {
        try {
            JobRules.indexes(indexes, completions);
        } catch (IllegalArgumentException e) {
            problems.invalid("status." + field, indexes, "error parsing " + field + ": " + e.getMessage());
        }
    }

    private void success() {
        long terminating = now.number("status.terminating");
        boolean ended = isOver(now) != isOver(before);
        if ((ended || changed("terminating")) && terminating > 0 && isOver(now)) {
            problems.invalid("status.terminating", terminating, "terminating>0 is invalid for finished job");
        }
        long ready = now.number("status.ready");
        if ((changed("ready") || changed("active")) && ready > now.number("status.active")) {
            problems.invalid("status.ready", ready, "cannot set more ready pods than active");
        }
        boolean met = is(now, "SuccessCriteriaMet");
        if (met && is(now, "Failed")) {
            refuse("cannot set SuccessCriteriaMet=True and Failed=true conditions");
        }
        if (met && is(now, "FailureTarget")) {
            refuse("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
        }
        if (now.has("spec.successPolicy") && !met && is(now, "Complete")) {
            refuse("cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
        }
    }

    private void transitions() {
        for (String type : List.of("Failed", "Complete", "FailureTarget")) {
            if (is(before, type) && !is(now, type)) {
                refuse("cannot disable the terminal " + type + "=True condition");
            }
        }
        boolean scaled = now.text("spec.completionMode").equals("Indexed")
                && now.number("spec.completions", -1) == now.number("spec.parallelism", -1);
        for (String field : scaled ? List.of("failed") : List.of("failed", "succeeded")) {
            long count = now.number("status." + field);
            if (count < before.number("status." + field)) {
                problems.invalid("status." + field, count, "cannot decrease the " + field + " counter");
            }
        }
        if (now.has("status.completionTime") && before.has("status.completionTime") && changed("completionTime")) {
            problems.invalid("status.completionTime", now.at("status.completionTime"), Values.IMMUTABLE);
        }
        boolean resumes = is(before, "Suspended")
                && Cells.condition(now, "Suspended", "status").equals("False");
        if (before.has("status.startTime") && changed("startTime") && !resumes && !now.bool("spec.suspend")) {
            problems.invalid(
                    "status.startTime", now.at("status.startTime"), "field is immutable for unsuspended job once set");
        }
        if (is(before, "SuccessCriteriaMet") && !is(now, "SuccessCriteriaMet")) {
            refuse("cannot disable the SuccessCriteriaMet=True condition");
        }
        if (is(before, "Complete") && !is(before, "SuccessCriteriaMet") && is(now, "SuccessCriteriaMet")) {
            refuse("cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
        }
    }
}
