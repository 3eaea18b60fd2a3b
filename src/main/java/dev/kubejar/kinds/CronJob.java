package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.TemplateParts;
import dev.kubejar.kinds.pod.Zeros;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** CronJob (batch/v1). */
final class CronJob {
    private static final String TEMPLATE = "spec.jobTemplate.spec.template";

    private CronJob() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("batch/v1", "CronJob")
                .nameColumn()
                .column("Schedule", cron -> cron.text("spec.schedule"))
                .column("Timezone", cron -> cron.text("spec.timeZone", "<none>"))
                .column("Suspend", "boolean", 0, (cron, now) -> suspended(cron))
                .column("Active", "integer", 0, (cron, now) ->
                        (long) cron.list("status.active").size())
                .column("Last Schedule", "string", 0, CronJob::lastSchedule)
                .ageColumn();
        Workloads.containerColumns(kind, TEMPLATE + ".spec");
        return Workloads.selectorColumn(kind, "spec.jobTemplate.spec.selector")
                .nameRule(Names::subdomain)
                .defaults(CronJob::defaults)
                .prepareCreate(Workloads::clearStatus)
                .prepareUpdate(Workloads::keepStatus)
                .rule(CronJobRules::check)
                .describe(CronJob::describe)
                .build();
    }

    private static String suspended(Obj cron) {
        return cron.has("spec.suspend") ? Parts.bool(cron.bool("spec.suspend")) : "<unset>";
    }

    private static String lastSchedule(Obj cron, Instant now) {
        return cron.has("status.lastScheduleTime") ? Times.since(cron.time("status.lastScheduleTime"), now) : "<none>";
    }

    private static void defaults(Obj cron) {
        Obj spec = cron.child("spec");
        Zeros.drop(spec, "concurrencyPolicy");
        spec.orSet("concurrencyPolicy", "Allow");
        spec.orSet("suspend", false);
        spec.orSet("successfulJobsHistoryLimit", 3);
        spec.orSet("failedJobsHistoryLimit", 1);
        spec.child("jobTemplate.metadata");
        Job.spec(spec.child("jobTemplate.spec"));
        if (!cron.has("status")) {
            cron.child("status");
        }
    }

    private static void describe(Obj cron, Describe out, Related related) {
        Parts.name(cron, out);
        Parts.metadata(cron, out);
        Obj spec = cron.obj("spec");
        out.field("Schedule", spec.text("schedule"));
        out.field("Concurrency Policy", spec.text("concurrencyPolicy"));
        out.field("Suspend", suspended(cron));
        out.field("Time Zone", spec.text("timeZone", "<unset>"));
        out.field("Successful Job History Limit", spec.text("successfulJobsHistoryLimit", "<unset>"));
        out.field("Failed Job History Limit", spec.text("failedJobsHistoryLimit", "<unset>"));
        boolean deadline = spec.has("startingDeadlineSeconds");
        out.field("Starting Deadline Seconds", deadline ? spec.text("startingDeadlineSeconds") + "s" : "<unset>");
        Obj job = spec.obj("jobTemplate.spec");
        out.field("Selector", job.has("selector") ? Cells.selectorText(job.obj("selector")) : "<unset>");
        out.field("Parallelism", job.text("parallelism", "<unset>"));
        out.field("Completions", job.text("completions", "<unset>"));
        if (job.has("activeDeadlineSeconds")) {
            out.field("Active Deadline Seconds", job.text("activeDeadlineSeconds") + "s");
        }
        TemplateParts.write(job.obj("template"), out);
        boolean ran = cron.has("status.lastScheduleTime");
        out.field("Last Schedule Time", ran ? Parts.time(cron, "status.lastScheduleTime") : "<unset>");
        List<String> active = new ArrayList<>();
        cron.list("status.active").forEach(each -> active.add(each.text("name")));
        out.field("Active Jobs", active.isEmpty() ? "<none>" : String.join(", ", active));
        Parts.events(cron, out, related);
    }
}
