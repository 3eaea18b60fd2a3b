package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a Job's pods to as many successes as it wants, or to the failure that ends it. */
final class JobController extends Controller {
    private static final String MANAGED = "kubernetes.io/job-controller";

    private final JobPods pods;

    JobController(ActorContext context) {
        super(context, "job-controller");
        pods = new JobPods(client, events, clock);
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.JOBS)) {
            wake.accept(change.ref());
        } else if (change.of(Resources.PODS)) {
            wakeControllers(change, Resources.JOBS, "Job", wake);
            wakeForOrphan(change, wake);
            if (change.after() != null && change.after().controller() == null && JobRun.tracked(change.after())) {
                wake.accept(change.ref());
            }
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            selecting(Resources.JOBS, ref, "spec.selector").forEach(this::sync);
            return Outcome.done();
        }
        Obj found = client.find(ref).orElse(null);
        if (ref.resource().equals(Resources.PODS)) {
            if (found != null && found.controller() == null && JobRun.tracked(found)) {
                pods.untrack(found);
            }
            return Outcome.done();
        }
        if (found == null) {
            JobBackoff.load(context.memory(), ref.key()).clear();
            letGo(ref);
            return Outcome.done();
        }
        return sync(found);
    }

    /** Pods whose Job is gone are counted by nobody. */
    private void letGo(Ref job) {
        for (Obj pod : client.list(Resources.PODS, job.namespace(), "batch.kubernetes.io/job-name=" + job.name())) {
            Obj owner = pod.controller();
            if (JobRun.tracked(pod) && owner != null && owner.text("kind").equals("Job")) {
                pods.untrack(pod);
            }
        }
    }

    private Outcome sync(Obj job) {
        String key = Ref.of(Resources.JOBS, job).key();
        if (job.has("spec.managedBy") && !job.text("spec.managedBy").equals(MANAGED)) {
            return Outcome.done();
        }
        List<Obj> all = new Claims(client, job, Selector.at(job, "spec.selector")).claim(Resources.PODS, pod -> true);
        if (finished(job)) {
            JobBackoff.load(context.memory(), key).clear();
            all.stream().filter(JobRun::tracked).forEach(pods::untrack);
            return Outcome.done();
        }
        JobRun run = new JobRun(job.copy(), all);
        if (!run.job.has("status.startTime") && !run.suspended()) {
            run.job.set("status.startTime", now());
        }
        JobBackoff backoff = JobBackoff.load(context.memory(), key);
        backoff.note(run.newSucceeded, run.newFailed);
        return progress(job, run, backoff);
    }

    private static boolean finished(Obj job) {
        return Conditions.isTrue(job, "Complete") || Conditions.isTrue(job, "Failed");
    }

    /** Makes or ends pods as the verdict wants, writes the status, and lets ended pods go. */
    private Outcome progress(Obj before, JobRun run, JobBackoff backoff) {
        Obj verdict = verdict(run);
        long active = run.active.size();
        ApiError failure = null;
        Instant next = null;
        if (verdict != null) {
            for (Obj pod : run.active) {
                pods.delete(pod, run.job);
                run.terminating++;
                active--;
            }
            run.ready = 0;
        } else if (!run.job.deleting()) {
            try {
                JobPods.Made made = pods.manage(run, backoff);
                active = made.active();
                next = made.next();
            } catch (ApiError e) {
                failure = e;
                active = client.owned(Resources.PODS, run.job.namespace(), run.job.uid()).stream()
                        .filter(Pods::active)
                        .count();
            }
            verdict = completed(run, active);
            if (verdict == null) {
                noteSuspension(run);
            }
        }
        List<Obj> ended = ended(run, verdict);
        writeStatus(before, run, active, verdict, ended);
        backoff.save();
        ended.forEach(pods::untrack);
        if (failure != null) {
            return namespaceTerminating(failure) ? Outcome.done() : Outcome.failed(failure.getMessage());
        }
        return later(earlier(next, deadline(run)));
    }

    /** The condition that ends the Job as it stands, or null. */
    private Obj verdict(JobRun run) {
        Obj job = run.job;
        if (Conditions.isTrue(job, "SuccessCriteriaMet")) {
            return Conditions.find(job, "SuccessCriteriaMet");
        }
        if (Conditions.isTrue(job, "FailureTarget")) {
            return Conditions.find(job, "FailureTarget");
        }
        for (Obj pod : run.pods) {
            String message = run.failed(pod) ? JobPolicies.failure(job, pod).failsJob() : "";
            if (!message.isEmpty()) {
                return failure("PodFailurePolicy", message);
            }
        }
        if (run.failed > job.number("spec.backoffLimit") || run.restartedTooOften()) {
            return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
        Instant deadline = deadline(run);
        if (deadline != null && !deadline.isAfter(now())) {
            return failure("DeadlineExceeded", "Job was active longer than specified deadline");
        }
        return run.indexed ? indexedVerdict(run) : null;
    }

    private Obj indexedVerdict(JobRun run) {
        Obj job = run.job;
        int failed = run.failedIndexes == null ? 0 : run.failedIndexes.size();
        if (failed > 0 && job.has("spec.maxFailedIndexes") && failed > job.number("spec.maxFailedIndexes")) {
            return failure(
                    "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes");
        }
        if (failed > 0 && failed + run.succeededIndexes.size() >= job.number("spec.completions")) {
            return failure("FailedIndexes", "Job has failed indexes");
        }
        String met = JobPolicies.success(job, run.succeededIndexes);
        return met.isEmpty() ? null : condition("SuccessCriteriaMet", "True", "SuccessPolicy", met);
    }

    private Obj completed(JobRun run, long active) {
        boolean complete = run.job.has("spec.completions")
                ? run.succeeded >= run.job.number("spec.completions") && active == 0
                : run.succeeded > 0 && active == 0;
        return complete
                ? condition(
                        "SuccessCriteriaMet", "True", "CompletionsReached", "Reached expected number of succeeded pods")
                : null;
    }

    private Obj failure(String reason, String message) {
        return condition("FailureTarget", "True", reason, message);
    }

    private Obj condition(String type, String status, String reason, String message) {
        return Obj.create()
                .set("type", type)
                .set("status", status)
                .set("lastProbeTime", Times.seconds(now()))
                .set("lastTransitionTime", Times.seconds(now()))
                .set("reason", reason)
                .set("message", message);
    }

    private void noteSuspension(JobRun run) {
        Obj known = Conditions.find(run.job, "Suspended");
        boolean suspended = run.suspended();
        boolean noted = known != null && known.text("status").equals("True");
        if (noted == suspended) {
            return;
        }
        if (suspended) {
            Conditions.put(run.job, condition("Suspended", "True", "JobSuspended", "Job suspended"));
            events.normal(run.job, "Suspended", "Job suspended");
            run.job.remove("status.startTime");
        } else {
            Conditions.put(run.job, condition("Suspended", "False", "JobResumed", "Job resumed"));
            events.normal(run.job, "Resumed", "Job resumed");
            run.job.set("status.startTime", now());
        }
    }

    /** The pods that are counted now and need not be held back any longer. */
    private static List<Obj> ended(JobRun run, Obj verdict) {
        List<Obj> ended = new ArrayList<>();
        for (Obj pod : run.pods) {
            boolean failed = run.failed(pod);
            boolean free =
                    run.job.deleting() || verdict != null || Pods.phase(pod).equals("Succeeded");
            boolean waits = run.perIndex
                    && run.delayed.get(JobRun.index(pod)) != null
                    && run.delayed.get(JobRun.index(pod)).uid().equals(pod.uid());
            if (JobRun.tracked(pod) && (free || failed && !waits)) {
                ended.add(pod);
            }
        }
        return ended;
    }

    private void writeStatus(Obj before, JobRun run, long active, Obj verdict, List<Obj> ended) {
        Obj job = run.job;
        count(run, verdict, ended);
        positive(job, "status.active", active);
        job.set("status.ready", run.ready).set("status.terminating", run.terminating);
        job.child("status.uncountedTerminatedPods");
        Obj last = null;
        if (verdict != null) {
            if (Conditions.find(job, verdict.text("type")) == null) {
                job.add("status.conditions", verdict);
            }
            if (run.terminating == 0) {
                last = finish(job, verdict);
            }
        }
        writeStatus(Resources.JOBS, before, job);
        if (last != null) {
            announce(job, last);
        }
    }

    private static void count(JobRun run, Obj verdict, List<Obj> ended) {
        Obj job = run.job;
        long succeeded = job.number("status.succeeded");
        long failed = job.number("status.failed");
        boolean fails = verdict != null && verdict.text("type").equals("FailureTarget");
        for (Obj pod : ended) {
            if (Pods.phase(pod).equals("Succeeded")) {
                succeeded += run.valid(pod) ? 1 : 0;
            } else if ((run.failed(pod) || fails) && run.valid(pod) && run.counts(pod)) {
                failed++;
            }
        }
        if (run.indexed) {
            succeeded = run.succeededIndexes.size();
            text(job, "status.completedIndexes", run.succeededIndexes.toString());
            if (run.failedIndexes != null) {
                job.set("status.failedIndexes", run.failedIndexes.toString());
            }
        }
        positive(job, "status.succeeded", succeeded);
        positive(job, "status.failed", failed);
    }

    private Obj finish(Obj job, Obj verdict) {
        boolean success = verdict.text("type").equals("SuccessCriteriaMet");
        Obj last = condition(success ? "Complete" : "Failed", "True", verdict.text("reason"), verdict.text("message"));
        job.add("status.conditions", last);
        if (success) {
            job.set("status.completionTime", now());
        }
        return last;
    }

    private void announce(Obj job, Obj last) {
        if (!last.text("type").equals("Complete")) {
            events.warning(job, last.text("reason"), last.text("message"));
            return;
        }
        if (job.has("spec.completions") && job.number("status.succeeded") > job.number("spec.completions")) {
            events.warning(
                    job, "TooManySucceededPods", "Too many succeeded pods running after completion count reached");
        }
        events.normal(job, "Completed", "Job completed");
    }

    private static Instant deadline(JobRun run) {
        Instant start = run.job.time("status.startTime");
        return start == null || run.suspended() || !run.job.has("spec.activeDeadlineSeconds")
                ? null
                : start.plus(Duration.ofSeconds(run.job.number("spec.activeDeadlineSeconds")));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a == null || b != null && b.isBefore(a) ? b : a;
    }

    private static void positive(Obj object, String path, long value) {
        if (value == 0) {
            object.remove(path);
        } else {
            object.set(path, value);
        }
    }

    private static void text(Obj object, String path, String value) {
        if (value.isEmpty()) {
            object.remove(path);
        } else {
            object.set(path, value);
        }
    }

    /** A null for merge patches. */
    static JsonNode nothing() {
        return Json.NODES.nullNode();
    }
}
