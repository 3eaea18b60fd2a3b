package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.pod.PodRules;
import dev.kubejar.kinds.pod.PodWarnings;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules of Jobs; those of their specification hold for the templates of CronJobs too. */
final class JobRules {
    private static final int HIGH = 100_000;
    private static final int MANY = 10_000;
    private static final String INDEXED_ONLY = "requires indexed completion mode";

    private JobRules() {}

    static void check(Obj job, Obj before, Problems problems) {
        Obj spec = job.obj("spec");
        generatedSelector(problems, job, before);
        full(problems, spec);
        if (indexed(spec) && spec.number("completions") > 0) {
            String last = job.name() + "-" + (spec.number("completions") - 1);
            if (!Names.label(last).isEmpty()) {
                problems.invalid(
                        "metadata.name", job.name(), "will not able to create pod with invalid DNS label: " + last);
            }
        }
        if (before != null) {
            full(problems, spec);
            update(problems, job, before);
        }
        Workloads.nameWarning(job, before, problems);
        if (before == null || job.generation() != before.generation()) {
            warnings("spec", spec, problems);
        }
    }

    /** What the server warns of in a Job's specification. */
    static void warnings(String path, Obj spec, Problems problems) {
        if (indexed(spec) && spec.number("completions") > HIGH && spec.number("parallelism") > MANY) {
            problems.warn(path + ": In Indexed Jobs with a number of completions higher than 10^5 and a parallelism"
                    + " higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of"
                    + " indexes fail");
        }
        PodWarnings.template(path + ".template", spec.obj("template"), problems);
    }

    private static void full(Problems problems, Obj spec) {
        spec(problems, "spec", spec);
        Obj selector = spec.obj("selector");
        if (!spec.has("selector")) {
            problems.required("spec.selector", "");
        } else {
            Selectors.check(problems, "spec.selector", selector);
        }
        Obj template = spec.obj("template");
        boolean none = !spec.has("selector");
        if (WorkloadRules.wellFormed(selector) && (none || !Selectors.matches(selector, template.labels()))) {
            problems.invalid("spec.template.metadata.labels", WorkloadRules.labels(template), WorkloadRules.NO_MATCH);
        }
    }

    private static void generatedSelector(Problems problems, Obj job, Obj before) {
        if (job.bool("spec.manualSelector") || !job.has("spec.selector")) {
            return;
        }
        Map<String, String> labels = job.map("spec.template.metadata.labels");
        String[][] expected = {
            {"controller-uid", job.uid()}, {"job-name", job.name()},
            {"batch.kubernetes.io/controller-uid", job.uid()}, {"batch.kubernetes.io/job-name", job.name()}
        };
        Map<String, String> all = new java.util.TreeMap<>();
        for (String[] each : expected) {
            String path = "spec.template.metadata.labels";
            String value = labels.get(each[0]);
            if (value == null) {
                problems.required(path + "[" + each[0] + "]", "must be '" + each[1] + "'");
            } else if (!value.equals(each[1])) {
                problems.invalid(
                        path + "[" + each[0] + "]",
                        WorkloadRules.labels(job.obj("spec.template")),
                        "must be '" + each[1] + "'");
            }
            all.put(each[0], each[1]);
        }
        Obj selector = job.obj("spec.selector");
        if (WorkloadRules.wellFormed(selector) && !Selectors.matches(selector, all)) {
            problems.invalid("spec.selector", Selectors.shown(job, "spec.selector"), "`selector` not auto-generated");
        }
    }

    private static boolean indexed(Obj spec) {
        return spec.text("completionMode").equals("Indexed");
    }

    /** A Job's specification but for its selector. */
    static void spec(Problems problems, String path, Obj spec) {
        for (String field : List.of(
                "parallelism",
                "completions",
                "activeDeadlineSeconds",
                "backoffLimit",
                "ttlSecondsAfterFinished",
                "backoffLimitPerIndex",
                "maxFailedIndexes")) {
            Values.notNegative(problems, path, spec, field);
        }
        if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
            problems.required(path + ".backoffLimitPerIndex", "when maxFailedIndexes is specified");
        }
        if (spec.has("managedBy")) {
            managedBy(problems, path + ".managedBy", spec.text("managedBy"));
        }
        completionMode(problems, path, spec);
        JobPolicyRules.failure(problems, path, spec);
        if (spec.has("successPolicy")) {
            if (indexed(spec)) {
                JobPolicyRules.success(problems, path + ".successPolicy.rules", spec);
            } else {
                problems.invalid(
                        path + ".successPolicy",
                        GoStructs.of("SuccessPolicy", spec.obj("successPolicy")),
                        INDEXED_ONLY);
            }
        }
        replacement(problems, path + ".podReplacementPolicy", spec);
        PodRules.template(problems, path + ".template", spec.obj("template"));
        restartPolicy(problems, path + ".template.spec.restartPolicy", spec);
    }

    private static void managedBy(Problems problems, String path, String value) {
        Values.domainPath(problems, path, value);
        if (value.length() > 63) {
            problems.tooLong(path, 63);
        }
    }

    private static void completionMode(Problems problems, String path, Obj spec) {
        String mode = spec.text("completionMode");
        if (spec.has("completionMode")) {
            Values.supported(problems, path + ".completionMode", mode, "NonIndexed", "Indexed");
        }
        long most = spec.number("maxFailedIndexes");
        long parallelism = spec.number("parallelism");
        if (mode.equals("Indexed")) {
            if (!spec.has("completions")) {
                problems.required(path + ".completions", "when completion mode is Indexed");
            }
            if (parallelism > HIGH) {
                problems.invalid(
                        path + ".parallelism",
                        parallelism,
                        "must be less than or equal to " + HIGH + " when completion mode is Indexed");
            }
            if (spec.has("completions") && spec.has("maxFailedIndexes") && most > spec.number("completions")) {
                problems.invalid(path + ".maxFailedIndexes", most, "must be less than or equal to completions");
            }
            if (most > HIGH) {
                problems.invalid(path + ".maxFailedIndexes", most, "must be less than or equal to " + HIGH);
            }
            if (spec.number("completions") > HIGH && spec.has("backoffLimitPerIndex")) {
                highCompletions(problems, path, spec);
            }
        }
        if (!spec.has("completionMode") || mode.equals("NonIndexed")) {
            for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                if (spec.has(field)) {
                    problems.invalid(path + "." + field, spec.number(field), INDEXED_ONLY);
                }
            }
        }
    }

    private static void highCompletions(Problems problems, String path, Obj spec) {
        String why = "must be less than or equal to " + MANY + " when completions are above " + HIGH
                + " and used with backoff limit per index";
        if (!spec.has("maxFailedIndexes")) {
            problems.required(path + ".maxFailedIndexes", "must be specified when completions is above " + HIGH);
        }
        for (String field : List.of("parallelism", "maxFailedIndexes")) {
            if (spec.number(field) > MANY) {
                problems.invalid(path + "." + field, spec.number(field), why);
            }
        }
    }

    private static void replacement(Problems problems, String path, Obj spec) {
        if (!spec.has("podReplacementPolicy")) {
            return;
        }
        String policy = spec.text("podReplacementPolicy");
        if (spec.has("podFailurePolicy")) {
            Values.supported(problems, path, policy, "Failed");
        } else {
            Values.supported(problems, path, policy, "Failed", "TerminatingOrFailed");
        }
    }

    private static void restartPolicy(Problems problems, String path, Obj spec) {
        String policy = spec.text("template.spec.restartPolicy");
        if (policy.equals("Always") || policy.isEmpty()) {
            problems.required(path, "valid values: \"OnFailure\", \"Never\"");
        } else if (Values.supported(problems, path, policy, "OnFailure", "Never")
                && spec.has("podFailurePolicy")
                && !policy.equals("Never")) {
            problems.invalid(path, policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    private static void update(Problems problems, Obj job, Obj before) {
        Obj now = job.obj("spec");
        Obj old = before.obj("spec");
        if (!indexed(now)) {
            Values.immutable(problems, "spec.completions", now, old, "completions");
        } else if (now.has("completions")
                && now.number("completions") != old.number("completions")
                && now.number("completions") != now.number("parallelism")) {
            problems.invalid(
                    "spec.completions",
                    now.number("completions"),
                    "can only be modified in tandem with spec.parallelism");
        }
        Selectors.immutable(problems, "spec.selector", now, old, "selector");
        template(problems, now.obj("template"), before);
        Values.immutable(problems, "spec.completionMode", now, old, "completionMode");
        policy(problems, now, old, "podFailurePolicy", "PodFailurePolicy");
        Values.immutable(problems, "spec.backoffLimitPerIndex", now, old, "backoffLimitPerIndex");
        Values.immutable(problems, "spec.managedBy", now, old, "managedBy");
        policy(problems, now, old, "successPolicy", "SuccessPolicy");
    }

    private static void policy(Problems problems, Obj now, Obj old, String field, String structure) {
        boolean same = now.has(field) == old.has(field) && Values.same(now.at(field), old.at(field));
        if (!same) {
            Object shown = now.has(field) ? GoStructs.of(structure, now.obj(field)) : null;
            problems.invalid("spec." + field, shown, Values.IMMUTABLE);
        }
    }

    /** A suspended Job may get other resources, and another place to run. */
    private static void template(Problems problems, Obj now, Obj before) {
        Obj old = before.obj("spec.template").copy();
        boolean suspended = before.bool("spec.suspend");
        if (suspended && movable(before)) {
            schedulingOf(now, old);
            Obj spec = old.child("spec");
            for (String list : List.of("containers", "initContainers")) {
                resourcesOf(now.list("spec." + list), spec.list(list));
            }
            if (!Values.same(now.at("spec"), old.at("spec"))) {
                problems.invalid("spec.template.spec", GoStructs.of("PodSpec", now.obj("spec")), Values.IMMUTABLE);
            }
        } else if (!Values.same(now.node(), old.node())) {
            problems.invalid("spec.template", GoStructs.of("PodTemplateSpec", now), Values.IMMUTABLE);
        }
    }

    /** Suspended, and none of its pods is left. */
    private static boolean movable(Obj job) {
        return job.number("status.active") == 0
                || Cells.condition(job, "Suspended", "status").equals("True");
    }

    private static void schedulingOf(Obj now, Obj old) {
        for (String field : List.of("spec.nodeSelector", "spec.tolerations", "spec.schedulingGates")) {
            carry(now, old, field);
        }
        carry(now, old, "metadata.annotations");
        carry(now, old, "metadata.labels");
        carry(now, old, "spec.affinity.nodeAffinity");
        if (!now.has("spec.affinity") && old.obj("spec.affinity").isEmpty()) {
            old.remove("spec.affinity");
        }
    }

    private static void resourcesOf(List<Obj> now, List<Obj> old) {
        for (int i = 0; now.size() == old.size() && i < now.size(); i++) {
            if (now.get(i).text("name").equals(old.get(i).text("name"))) {
                carry(now.get(i), old.get(i), "resources");
            }
        }
    }

    private static void carry(Obj from, Obj to, String path) {
        if (from.has(path)) {
            to.set(path, (JsonNode) from.at(path).deepCopy());
        } else {
            to.remove(path);
        }
    }

    /** The number of indexes that a text like {@code 1,3-5} names; throws with Go's words where it names none. */
    static long indexes(String text, long completions) {
        if (text.isEmpty()) {
            return 0;
        }
        long total = 0;
        long last = -1;
        for (String interval : text.split(",", -1)) {
            List<Long> ends = new ArrayList<>();
            String[] parts = interval.split("-", -1);
            if (parts.length > 2) {
                throw new IllegalArgumentException("the fragment " + Problems.quoted(interval)
                        + " violates the requirement that an index interval can have at most two parts separated by"
                        + " '-'");
            }
            for (String part : parts) {
                ends.add(index(part, completions));
            }
            long first = ends.get(0);
            long end = ends.get(ends.size() - 1);
            if (ends.size() == 2 && first >= end) {
                throw new IllegalArgumentException("non-increasing order, previous: " + first + ", current: " + end);
            }
            if (last >= first) {
                throw new IllegalArgumentException("non-increasing order, previous: " + last + ", current: " + first);
            }
            total += end - first + 1;
            last = end;
        }
        return total;
    }

    /** The first index that is in both of two texts like {@code 1,3-5}; -1: none. What cannot be read is passed over. */
    static long overlap(String completed, String failed, long completions) {
        for (String one : completed.split(",", -1)) {
            long[] done = interval(one, completions);
            for (String other : failed.split(",", -1)) {
                long[] lost = interval(other, completions);
                if (done != null && lost != null && done[0] <= lost[1] && lost[0] <= done[1]) {
                    return Math.max(done[0], lost[0]);
                }
            }
        }
        return -1;
    }

    private static long[] interval(String text, long completions) {
        try {
            String[] ends = text.split("-", -1);
            long first = index(ends[0], completions);
            return new long[] {first, ends.length > 1 ? index(ends[1], completions) : first};
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static long index(String text, long completions) {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "cannot convert string to integer for index: " + Problems.quoted(text), e);
        }
        if (value >= completions) {
            throw new IllegalArgumentException("too large index: " + Problems.quoted(text));
        }
        return value;
    }
}
