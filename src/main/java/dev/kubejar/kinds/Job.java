package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodDefaults;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Job (batch/v1). */
final class Job {
    private static final List<String> NAME_LABELS = List.of("job-name", "batch.kubernetes.io/job-name");
    private static final List<String> UID_LABELS = List.of("controller-uid", "batch.kubernetes.io/controller-uid");

    private Job() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("batch/v1", "Job")
                .nameColumn()
                .column("Status", Job::status)
                .column("Completions", Job::completions)
                .column("Duration", "string", 0, Job::duration)
                .ageColumn();
        Workloads.containerColumns(kind, "spec.template.spec");
        return Workloads.selectorColumn(kind, "spec.selector")
                .field("status.successful", job -> Long.toString(job.number("status.succeeded")))
                .nameRule(Names::subdomain)
                .defaults(Job::defaults)
                .prepareCreate(Job::prepareCreate)
                .readBack(Job::readBack)
                .prepareUpdate(Workloads::keepStatus)
                .rule(JobRules::check)
                .statusRule(JobStatusRules::check)
                .describe(JobDescription::write)
                .build();
    }

    private static boolean is(Obj job, String type) {
        return Cells.condition(job, type, "status").equals("True");
    }

    private static String status(Obj job) {
        if (is(job, "Complete")) {
            return "Complete";
        } else if (is(job, "Failed")) {
            return "Failed";
        } else if (job.deleting()) {
            return "Terminating";
        }
        for (String type : List.of("Suspended", "FailureTarget", "SuccessCriteriaMet")) {
            if (is(job, type)) {
                return type;
            }
        }
        return "Running";
    }

    private static String completions(Obj job) {
        long succeeded = job.number("status.succeeded");
        if (job.has("spec.completions")) {
            return succeeded + "/" + job.number("spec.completions");
        }
        long parallelism = job.number("spec.parallelism");
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(Obj job, Instant now) {
        Instant started = job.time("status.startTime");
        Instant ended = job.time("status.completionTime");
        return started == null ? "" : Times.age(Duration.between(started, ended == null ? now : ended));
    }

    private static void defaults(Obj job) {
        spec(job.child("spec"));
        readBack(job);
        job.child("spec").orSet("manualSelector", false);
        if (!job.has("status")) {
            job.set("status", Json.object());
        }
        if (!job.has("spec.completions") && !job.has("spec.parallelism")) {
            job.set("spec.completions", 1);
        }
        Obj spec = job.obj("spec");
        spec.orSet("parallelism", 1);
        spec.orSet("backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6);
        spec.orSet("completionMode", "NonIndexed");
        spec.orSet("suspend", false);
        spec.orSet("podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    }

    /** Defaults of what jobs share with the templates of CronJobs. */
    static void spec(Obj spec) {
        PodDefaults.requiredTemplate(spec, "template");
        for (Obj rule : spec.list("podFailurePolicy.rules")) {
            for (Obj pattern : rule.list("onPodConditions")) {
                if (pattern.text("status").isEmpty()) {
                    pattern.set("status", "True");
                }
            }
        }
    }

    private static void prepareCreate(Obj job) {
        Workloads.clearStatus(job);
        if (job.bool("spec.manualSelector")) {
            return;
        }
        Obj labels = job.child("spec.template.metadata.labels");
        NAME_LABELS.forEach(key -> orPut(labels, key, job.name()));
        UID_LABELS.forEach(key -> orPut(labels, key, job.uid()));
        orPut(job.child("spec.selector.matchLabels"), UID_LABELS.get(1), job.uid());
    }

    private static void readBack(Obj job) {
        Obj labels = job.obj("spec.template.metadata.labels");
        if (!labels.isEmpty() && job.obj("metadata.labels").isEmpty()) {
            job.set("metadata.labels", labels.copy());
        }
    }

    private static void orPut(Obj labels, String key, String value) {
        if (!labels.node().has(key)) {
            labels.node().put(key, value);
        }
    }
}
