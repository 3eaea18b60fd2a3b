package dev.kubejar.controllers;

import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes and removes a Job's pods. */
final class JobPods {
    private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";
    private static final int LONGEST_PREFIX = 58;

    private final Client client;
    private final Clock clock;
    private final PodControl control;

    /** How many pods are active now, and when to look again (null: when something changes). */
    record Made(long active, Instant next) {}

    JobPods(Client client, EventRecorder events, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.control = new PodControl(client, events, clock);
    }

    void delete(Obj pod, Obj job) {
        control.delete(pod, job);
    }

    /** Takes the tracking finalizer off a pod that is counted. */
    void untrack(Obj pod) {
        List<String> kept = new ArrayList<>(pod.texts("metadata.finalizers"));
        kept.remove(JobRun.FINALIZER);
        Obj patch = Obj.create().set("metadata.uid", pod.uid());
        if (kept.isEmpty()) {
            patch.set("metadata.finalizers", JobController.nothing());
        } else {
            patch.setTexts("metadata.finalizers", kept);
        }
        try {
            client.merge(Ref.of(Resources.PODS, pod), patch.node());
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                throw e;
            }
        }
    }

    /** Brings the number of active pods to what the Job wants now. */
    Made manage(JobRun run, JobBackoff backoff) {
        long active = run.active.size();
        long wanted = wanted(run, active);
        List<Obj> surplus = surplus(run, active - wanted);
        if (run.suspended() || !surplus.isEmpty()) {
            for (Obj pod : surplus) {
                delete(pod, run.job);
                run.terminating++;
                run.ready -= dev.kubejar.client.Pods.ready(pod) ? 1 : 0;
            }
            return new Made(active - surplus.size(), null);
        }
        long missing = wanted - active - (run.replacesFailedOnly() ? run.terminating : 0);
        if (missing <= 0) {
            return new Made(active, null);
        }
        Instant wait = run.perIndex ? null : backoff.next(clock.now());
        if (wait != null) {
            return new Made(active, wait);
        }
        PodControl.Share share = control.share(run.job, missing, run.active);
        if (share.pods() == 0) {
            return new Made(active, share.again());
        }
        return run.indexed ? createIndexed(run, share.pods(), active) : createPlain(run, share.pods(), active);
    }

    private static long wanted(JobRun run, long active) {
        long parallelism = run.job.number("spec.parallelism");
        if (run.suspended()) {
            return 0;
        }
        if (!run.job.has("spec.completions")) {
            return run.succeeded > 0 ? active : parallelism;
        }
        return Math.max(0, Math.min(parallelism, run.job.number("spec.completions") - run.succeeded));
    }

    /** So many pods to remove: first those whose index is another's too or none, then the least worth keeping. */
    private List<Obj> surplus(JobRun run, long least) {
        List<Obj> surplus = new ArrayList<>();
        List<Obj> left = new ArrayList<>(run.active);
        if (run.indexed) {
            left.sort(Comparator.comparing(JobRun::index));
            List<Obj> kept = new ArrayList<>();
            for (Obj pod : left) {
                boolean twin = !kept.isEmpty() && JobRun.index(kept.get(kept.size() - 1)) == JobRun.index(pod);
                if (!run.valid(pod) || twin) {
                    surplus.add(pod);
                } else {
                    kept.add(pod);
                }
            }
            left = kept;
        }
        int more = (int) Math.max(0, least - surplus.size());
        if (more > 0) {
            surplus.addAll(PodRanking.toDelete(left, List.of(), more, clock.now()));
        }
        return surplus;
    }

    private Made createPlain(JobRun run, long missing, long active) {
        control.create((int) missing, tracked(run.job), run.job);
        return new Made(active + missing, null);
    }

    private Made createIndexed(JobRun run, long missing, long active) {
        Instant next = null;
        List<Integer> now = new ArrayList<>();
        for (int index : run.pendingIndexes(missing)) {
            Obj last = run.delayed.get(index);
            Instant at = last == null
                    ? null
                    : JobBackoff.next(JobRun.allFailures(last) + 1, JobBackoff.finished(last), clock.now());
            if (at == null) {
                now.add(index);
            } else {
                next = next == null || at.isBefore(next) ? at : next;
            }
        }
        for (int index : now) {
            control.create(indexed(run, index), run.job);
        }
        return new Made(active + now.size(), next);
    }

    private static Obj tracked(Obj job) {
        Obj template = job.obj("spec.template").copy();
        List<String> finalizers = new ArrayList<>(template.texts("metadata.finalizers"));
        if (!finalizers.contains(JobRun.FINALIZER)) {
            finalizers.add(JobRun.FINALIZER);
        }
        return template.setTexts("metadata.finalizers", finalizers);
    }

    private static Obj indexed(JobRun run, int index) {
        Obj template = tracked(run.job);
        for (String containers : new String[] {"spec.initContainers", "spec.containers"}) {
            template.list(containers).forEach(JobPods::indexVariable);
        }
        template.setAnnotation(JobRun.INDEX, Integer.toString(index)).setLabel(JobRun.INDEX, Integer.toString(index));
        template.set("spec.hostname", run.job.name() + "-" + index);
        if (run.perIndex) {
            failureCounts(run, index, template);
        }
        String suffix = "-" + index + "-";
        String name = run.job.name();
        int room = LONGEST_PREFIX - suffix.length();
        return PodControl.pod(template, run.job)
                .set("metadata.generateName", (name.length() > room ? name.substring(0, room) : name) + suffix);
    }

    private static void failureCounts(JobRun run, int index, Obj template) {
        Obj last = run.delayed.get(index);
        long failures = last == null ? 0 : JobRun.number(last, JobRun.FAILURES);
        long ignored = last == null ? 0 : JobRun.number(last, JobRun.IGNORED);
        if (last != null) {
            if (run.counts(last)) {
                failures++;
            } else {
                ignored++;
            }
        }
        template.setAnnotation(JobRun.FAILURES, Long.toString(failures));
        if (ignored > 0) {
            template.setAnnotation(JobRun.IGNORED, Long.toString(ignored));
        }
    }

    private static void indexVariable(Obj container) {
        for (Obj variable : container.list("env")) {
            if (variable.text("name").equals(INDEX_VARIABLE)) {
                return;
            }
        }
        container.add(
                "env",
                Obj.create()
                        .set("name", INDEX_VARIABLE)
                        .set("valueFrom.fieldRef.fieldPath", "metadata.labels['" + JobRun.INDEX + "']"));
    }
}
