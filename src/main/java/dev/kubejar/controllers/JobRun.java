package dev.kubejar.controllers;

import dev.kubejar.client.Pods;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One look at a Job: its pods, sorted into active, terminating and newly ended, and what they come to. */
final class JobRun {
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

    final Obj job;
    final List<Obj> pods;
    final List<Obj> active = new ArrayList<>();
    final List<Obj> newSucceeded = new ArrayList<>();
    final List<Obj> newFailed = new ArrayList<>();
    final boolean indexed;
    final boolean perIndex;
    long terminating;
    long ready;
    long succeeded;
    long failed;
    Indexes succeededIndexes = new Indexes();
    Indexes failedIndexes;
    /** The last failed pod of an index that waits for its replacement. */
    final Map<Integer, Obj> delayed = new HashMap<>();

    JobRun(Obj job, List<Obj> pods) {
        this.job = job;
        this.pods = pods;
        indexed = job.text("spec.completionMode").equals("Indexed");
        perIndex = job.has("spec.backoffLimitPerIndex");
        for (Obj pod : pods) {
            if (Pods.active(pod)) {
                active.add(pod);
                ready += Pods.ready(pod) ? 1 : 0;
            } else if (Pods.terminating(pod)) {
                terminating++;
            }
            if (tracked(pod) && valid(pod)) {
                if (Pods.phase(pod).equals("Succeeded")) {
                    newSucceeded.add(pod);
                } else if (failed(pod)) {
                    newFailed.add(pod);
                }
            }
        }
        succeeded = job.number("status.succeeded") + newSucceeded.size();
        failed = job.number("status.failed")
                + newFailed.stream().filter(this::counts).count();
        if (indexed) {
            indexes();
        }
    }

    private void indexes() {
        long completions = job.number("spec.completions");
        succeededIndexes = Indexes.parse(job.text("status.completedIndexes"), completions);
        newSucceeded.forEach(pod -> succeededIndexes.add(index(pod)));
        succeeded = succeededIndexes.size();
        if (!perIndex) {
            return;
        }
        failedIndexes = Indexes.parse(job.text("status.failedIndexes"), completions);
        newFailed.stream().filter(this::failsIndex).forEach(pod -> failedIndexes.add(index(pod)));
        for (Obj pod : newFailed) {
            int index = index(pod);
            boolean over = succeededIndexes.has(index)
                    || failedIndexes.has(index)
                    || active.stream().anyMatch(other -> index(other) == index);
            Obj last = delayed.get(index);
            if (!over && (last == null || allFailures(last) <= allFailures(pod))) {
                delayed.put(index, pod);
            }
        }
    }

    static boolean tracked(Obj pod) {
        return pod.texts("metadata.finalizers").contains(FINALIZER);
    }

    /** Its completion index, or -1. */
    static int index(Obj pod) {
        try {
            return Integer.parseInt(pod.annotation(INDEX));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    boolean valid(Obj pod) {
        int index = index(pod);
        return !indexed || index >= 0 && index < job.number("spec.completions");
    }

    boolean failed(Obj pod) {
        return Pods.phase(pod).equals("Failed")
                || !replacesFailedOnly() && pod.deleting() && !Pods.phase(pod).equals("Succeeded");
    }

    /** Whether a pod is replaced only when it has ended, not when it begins to. */
    boolean replacesFailedOnly() {
        return job.text("spec.podReplacementPolicy").equals("Failed");
    }

    boolean counts(Obj pod) {
        return JobPolicies.failure(job, pod).counts();
    }

    private boolean failsIndex(Obj pod) {
        JobPolicies.Failure failure = JobPolicies.failure(job, pod);
        return failure.action().equals("FailIndex")
                || failure.counts() && number(pod, FAILURES) >= job.number("spec.backoffLimitPerIndex");
    }

    static long number(Obj pod, String annotation) {
        try {
            return Math.max(0, Integer.parseInt(pod.annotation(annotation)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static long allFailures(Obj pod) {
        return number(pod, FAILURES) + number(pod, IGNORED);
    }

    boolean suspended() {
        return job.bool("spec.suspend");
    }

    /** Whether pods restarted in place have used up the back-off limit. */
    boolean restartedTooOften() {
        if (!job.text("spec.template.spec.restartPolicy").equals("OnFailure")) {
            return false;
        }
        long restarts = 0;
        for (Obj pod : pods) {
            if (Pods.phase(pod).equals("Running") || Pods.phase(pod).equals("Pending")) {
                for (Obj status : pod.list("status.initContainerStatuses")) {
                    restarts += status.number("restartCount");
                }
                for (Obj status : pod.list("status.containerStatuses")) {
                    restarts += status.number("restartCount");
                }
            }
        }
        long limit = job.number("spec.backoffLimit");
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    /** The lowest indexes that have no pod, no success and no failure, so many at most. */
    List<Integer> pendingIndexes(long count) {
        List<Integer> pending = new ArrayList<>();
        List<Integer> taken = active.stream().map(JobRun::index).toList();
        for (int i = 0; i < job.number("spec.completions") && pending.size() < count; i++) {
            boolean free = !taken.contains(i)
                    && !succeededIndexes.has(i)
                    && (failedIndexes == null || !failedIndexes.has(i))
                    && !(replacesFailedOnly() && terminatingIndex(i));
            if (free) {
                pending.add(i);
            }
        }
        return pending;
    }

    private boolean terminatingIndex(int index) {
        return pods.stream().anyMatch(pod -> Pods.terminating(pod) && index(pod) == index);
    }
}
