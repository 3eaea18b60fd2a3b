package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.CronSchedule;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Outcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Starts a CronJob's Jobs when they are due, and keeps no more of them than it should. */
final class CronJobController extends Controller {
    private static final String SCHEDULED_AT = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    private static final Duration A_LITTLE_LATER = Duration.ofMillis(100);
    private static final int MANY = 100;
    /** Kept from a change of an object's times to the look that follows it. */
    private static final String MOVED = "/machine/cronjob-moved/";

    private static final Comparator<Obj> OLDEST_FIRST =
            Comparator.comparing((Obj job) -> job.text("status.startTime", "9")).thenComparing(Obj::name);

    CronJobController(ActorContext context) {
        super(context, "cronjob-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.CRONJOBS)) {
            if (moved(change)) {
                context.memory().put(MOVED + change.ref().key(), new byte[0]);
            }
            wake.accept(change.ref());
        } else if (change.of(Resources.JOBS)) {
            wakeControllers(change, Resources.CRONJOBS, "CronJob", wake);
        }
    }

    /** Whether its times have changed: what it would have missed by the new ones is not made up for. */
    private static boolean moved(Change change) {
        Obj before = change.before();
        Obj after = change.after();
        return before != null
                && after != null
                && !(before.text("spec.schedule").equals(after.text("spec.schedule"))
                        && before.text("spec.timeZone").equals(after.text("spec.timeZone")));
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj found = client.find(ref).orElse(null);
        boolean moved = context.memory().get(MOVED + ref.key()) != null;
        if (moved) {
            context.memory().delete(MOVED + ref.key());
        }
        if (found == null) {
            return Outcome.done();
        }
        if (moved) {
            CronSchedule fresh = parsed(found);
            return fresh == null ? Outcome.done() : later(next(found, fresh));
        }
        Obj cron = found.copy();
        List<Obj> jobs = client.owned(Resources.JOBS, cron.namespace(), cron.uid());
        cleanUp(cron, jobs);
        jobs.forEach(job -> look(cron, job));
        forgetMissing(cron, jobs);
        Instant next = null;
        ApiError failure = null;
        if (!cron.deleting()) {
            try {
                next = schedule(cron);
            } catch (ApiError e) {
                failure = e;
            }
        }
        writeStatus(Resources.CRONJOBS, found, cron);
        if (failure != null) {
            return namespaceTerminating(failure) ? Outcome.done() : Outcome.failed(failure.getMessage());
        }
        return later(next);
    }

    /** {@code Complete}, {@code Failed}, or empty while it runs. */
    private static String ended(Obj job) {
        for (String type : new String[] {"Complete", "Failed"}) {
            if (Conditions.isTrue(job, type)) {
                return type;
            }
        }
        return "";
    }

    private void cleanUp(Obj cron, List<Obj> jobs) {
        removeOldest(cron, jobs, "Complete", "spec.successfulJobsHistoryLimit");
        removeOldest(cron, jobs, "Failed", "spec.failedJobsHistoryLimit");
    }

    private void removeOldest(Obj cron, List<Obj> jobs, String how, String limit) {
        if (!cron.has(limit)) {
            return;
        }
        List<Obj> ended = jobs.stream()
                .filter(job -> ended(job).equals(how))
                .sorted(OLDEST_FIRST)
                .toList();
        for (int i = 0; i < ended.size() - cron.number(limit); i++) {
            if (!ended.get(i).deleting()) {
                delete(cron, ended.get(i));
            }
        }
    }

    private boolean delete(Obj cron, Obj job) {
        try {
            client.call(
                    Request.delete(Resources.JOBS, job.namespace(), job.name()).propagation("Background"));
        } catch (ApiError e) {
            events.warning(cron, "FailedDelete", "Deleted job: " + e.getMessage());
            return false;
        }
        forget(cron, job.uid());
        events.normal(cron, "SuccessfulDelete", "Deleted job " + job.name());
        return true;
    }

    private static boolean active(Obj cron, String uid) {
        return cron.list("status.active").stream()
                .anyMatch(ref -> ref.text("uid").equals(uid));
    }

    private static void forget(Obj cron, String uid) {
        List<Obj> left = new ArrayList<>(cron.list("status.active"));
        left.removeIf(ref -> ref.text("uid").equals(uid));
        if (left.isEmpty()) {
            cron.remove("status.active");
        } else {
            cron.set("status.active", left);
        }
    }

    private void look(Obj cron, Obj job) {
        String ended = ended(job);
        boolean active = active(cron, job.uid());
        if (ended.isEmpty()) {
            if (!active && !job.deleting()) {
                events.warning(
                        cron, "UnexpectedJob", "Saw a job that the controller did not create or forgot: " + job.name());
            }
            return;
        }
        if (active) {
            forget(cron, job.uid());
            events.normal(cron, "SawCompletedJob", "Saw completed job: " + job.name() + ", condition: " + ended);
        }
        Instant completed = job.time("status.completionTime");
        Instant last = cron.time("status.lastSuccessfulTime");
        if (ended.equals("Complete") && completed != null && (last == null || completed.isAfter(last))) {
            cron.set("status.lastSuccessfulTime", completed);
        }
    }

    private void forgetMissing(Obj cron, List<Obj> jobs) {
        for (Obj active : cron.list("status.active")) {
            boolean known = jobs.stream().anyMatch(job -> job.uid().equals(active.text("uid")));
            if (!known
                    && client.find(Resources.JOBS, cron.namespace(), active.text("name"))
                            .isEmpty()) {
                events.normal(cron, "MissingJob", "Active job went missing: " + active.text("name"));
                forget(cron, active.text("uid"));
            }
        }
    }

    /** Starts the job that is due, if one is; tells when to look again (null: not by the clock). */
    private Instant schedule(Obj cron) {
        CronSchedule schedule = parsed(cron);
        if (schedule == null || cron.bool("spec.suspend")) {
            return null;
        }
        Instant due = due(cron, schedule);
        if (due != null && wanted(cron, due)) {
            start(cron, due);
        }
        return next(cron, schedule);
    }

    /** Its schedule in its time zone; null, with an event, where either cannot be read. */
    private CronSchedule parsed(Obj cron) {
        try {
            String zone = cron.text("spec.timeZone");
            return CronSchedule.parse(cron.text("spec.schedule"), zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone));
        } catch (DateTimeException e) {
            String zone = cron.text("spec.timeZone");
            events.warning(cron, "UnknownTimeZone", "invalid timeZone: \"" + zone + "\": unknown time zone " + zone);
            return null;
        } catch (IllegalArgumentException e) {
            events.warning(
                    cron,
                    "UnparseableSchedule",
                    "unparseable schedule: \"" + cron.text("spec.schedule") + "\" : " + e.getMessage());
            return null;
        }
    }

    /** The latest time that has passed since the last one, or null. */
    private Instant due(Obj cron, CronSchedule schedule) {
        Instant earliest = earliest(cron);
        if (cron.has("spec.startingDeadlineSeconds")) {
            Instant deadline = now().minusSeconds(cron.number("spec.startingDeadlineSeconds"));
            earliest = deadline.isAfter(earliest) ? deadline : earliest;
        }
        Instant first = schedule.next(earliest);
        if (first == null || first.isAfter(now())) {
            return null;
        }
        Instant second = schedule.next(first);
        if (second == null || second.isAfter(now())) {
            return first;
        }
        long between = Duration.between(first, second).getSeconds();
        long missed = Duration.between(first, now()).getSeconds() / between + 1;
        Instant latest = null;
        for (Instant at = schedule.next(first.plusSeconds((missed - 2) * between));
                at != null && !at.isAfter(now());
                at = schedule.next(at)) {
            latest = at;
        }
        if (missed > MANY && latest != null) {
            events.warning(
                    cron,
                    "TooManyMissedTimes",
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
        }
        return latest;
    }

    private static Instant earliest(Obj cron) {
        Instant last = cron.time("status.lastScheduleTime");
        return last != null ? last : cron.time("metadata.creationTimestamp");
    }

    private Instant next(Obj cron, CronSchedule schedule) {
        Instant from = earliest(cron);
        Instant next = schedule.next(from);
        if (next != null && !next.isAfter(now())) {
            next = schedule.next(now());
        }
        return next == null ? null : next.plus(A_LITTLE_LATER);
    }

    /** Whether the job of this time is to be started now, with what stands in its way cleared. */
    private boolean wanted(Obj cron, Instant due) {
        if (cron.has("spec.startingDeadlineSeconds")
                && due.plusSeconds(cron.number("spec.startingDeadlineSeconds")).isBefore(now())) {
            events.warning(
                    cron,
                    "MissSchedule",
                    "Missed scheduled time to start a job: "
                            + DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
                                    .format(due.atOffset(ZoneOffset.UTC)));
            return false;
        }
        String name = name(cron, due);
        boolean processed = cron.list("status.active").stream()
                        .anyMatch(ref -> ref.text("name").equals(name))
                || due.equals(cron.time("status.lastScheduleTime"));
        if (processed) {
            return false;
        }
        List<Obj> active = cron.list("status.active");
        switch (cron.text("spec.concurrencyPolicy")) {
            case "Forbid" -> {
                if (!active.isEmpty()) {
                    events.normal(
                            cron,
                            "JobAlreadyActive",
                            "Not starting job because prior execution is running and concurrency policy is Forbid");
                    return false;
                }
            }
            case "Replace" -> {
                for (Obj ref : active) {
                    delete(cron, client.get(new Ref(Resources.JOBS, cron.namespace(), ref.text("name"))));
                }
            }
            default -> {}
        }
        return true;
    }

    private static String name(Obj cron, Instant due) {
        return cron.name() + "-" + due.getEpochSecond() / 60;
    }

    private void start(Obj cron, Instant due) {
        Obj job = Obj.create("batch/v1", "Job", cron.namespace(), name(cron, due));
        Obj template = cron.obj("spec.jobTemplate");
        for (String field : new String[] {"metadata.labels", "metadata.annotations"}) {
            if (template.has(field)) {
                job.set(field, template.at(field).<JsonNode>deepCopy());
            }
        }
        job.setAnnotation(SCHEDULED_AT, local(cron, due));
        job.add("metadata.ownerReferences", ownerReference(cron));
        job.set("spec", template.at("spec").<JsonNode>deepCopy());
        Obj made;
        try {
            made = client.create(Resources.JOBS, job);
            events.normal(cron, "SuccessfulCreate", "Created job " + made.name());
        } catch (ApiError e) {
            made = e.is("AlreadyExists") ? client.get(Ref.of(Resources.JOBS, job)) : null;
            if (made == null) {
                if (!namespaceTerminating(e)) {
                    events.warning(cron, "FailedCreate", "Error creating job: " + e.getMessage());
                }
                throw e;
            }
            Obj owner = made.controller();
            if (owner == null || !owner.text("uid").equals(cron.uid())) {
                return;
            }
        }
        cron.add(
                "status.active",
                Obj.create()
                        .set("kind", "Job")
                        .set("namespace", made.namespace())
                        .set("name", made.name())
                        .set("uid", made.uid())
                        .set("apiVersion", "batch/v1")
                        .set("resourceVersion", made.resourceVersion()));
        cron.set("status.lastScheduleTime", due);
    }

    private static String local(Obj cron, Instant due) {
        String zone = cron.text("spec.timeZone");
        return zone.isEmpty()
                ? Times.seconds(due)
                : DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX").format(due.atZone(ZoneId.of(zone)));
    }
}
