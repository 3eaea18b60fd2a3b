package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.TemplateParts;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.time.Duration;

/** What {@code kubectl describe job} tells. */
final class JobDescription {
    private static final int INDEXES_SHOWN = 50;

    private JobDescription() {}

    static void write(Obj job, Describe out, Related related) {
        Parts.name(job, out);
        out.field("Selector", Cells.selectorText(job.obj("spec.selector")));
        Parts.metadata(job, out);
        Parts.controlledBy(job, out);
        Obj spec = job.obj("spec");
        optional("Parallelism", spec, "parallelism", out);
        out.field("Completions", spec.text("completions", "<unset>"));
        optional("Completion Mode", spec, "completionMode", out);
        optional("Suspend", spec, "suspend", out);
        optional("Backoff Limit", spec, "backoffLimit", out);
        optional("TTL Seconds After Finished", spec, "ttlSecondsAfterFinished", out);
        times(job, out);
        if (spec.has("activeDeadlineSeconds")) {
            out.field("Active Deadline Seconds", spec.number("activeDeadlineSeconds") + "s");
        }
        Obj status = job.obj("status");
        String ready = status.has("ready") ? " (" + status.number("ready") + " Ready)" : "";
        out.field(
                "Pods Statuses",
                status.number("active") + " Active" + ready + " / " + status.number("succeeded") + " Succeeded / "
                        + status.number("failed") + " Failed");
        if (spec.text("completionMode").equals("Indexed")) {
            out.field("Completed Indexes", indexes(status.text("completedIndexes")));
        }
        TemplateParts.write(spec.obj("template"), out);
        Parts.events(job, out, related);
    }

    private static void optional(String title, Obj spec, String field, Describe out) {
        if (spec.has(field)) {
            out.field(title, spec.text(field));
        }
    }

    private static void times(Obj job, Describe out) {
        boolean started = job.has("status.startTime");
        boolean completed = job.has("status.completionTime");
        if (started) {
            out.field("Start Time", Parts.time(job, "status.startTime"));
        }
        if (completed) {
            out.field("Completed At", Parts.time(job, "status.completionTime"));
        }
        if (started && completed) {
            out.field(
                    "Duration",
                    Times.age(Duration.between(job.time("status.startTime"), job.time("status.completionTime"))));
        }
    }

    private static String indexes(String indexes) {
        if (indexes.isEmpty()) {
            return "<none>";
        }
        int comma = indexes.indexOf(',', INDEXES_SHOWN);
        return comma < 0 ? indexes : indexes.substring(0, comma + 1) + "...";
    }
}
