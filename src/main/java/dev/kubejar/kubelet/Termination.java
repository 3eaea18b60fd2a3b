package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.List;

/** Ends a whole pod: main containers first, together; then the sidecars, in the reverse of their order. */
final class Termination {
    private final PodContext context;
    private final PodWorker worker;
    private final Obj pod;
    private final PodRecord record;

    Termination(PodContext context, PodWorker worker) {
        this.context = context;
        this.worker = worker;
        this.pod = context.pod();
        this.record = context.record();
    }

    /** Goes on with the pod's end; true where something changed. */
    boolean step() {
        Instant deadline = deadline();
        boolean changed = stopAll(pod.list("spec.containers"), deadline);
        changed |= stopAll(pod.list("spec.ephemeralContainers"), deadline);
        if (anyRunning(pod.list("spec.containers")) || anyRunning(pod.list("spec.ephemeralContainers"))) {
            return changed;
        }
        List<Obj> inits = pod.list("spec.initContainers");
        for (int i = inits.size() - 1; i >= 0; i--) {
            Obj container = inits.get(i);
            ContainerRecord each = record.container(container.text("name"));
            if (each.running()) {
                return stop(container, each, deadline) || changed;
            }
        }
        if (record.sandbox()) {
            record.sandbox(false);
            changed = true;
        }
        return changed;
    }

    private Instant deadline() {
        long grace = pod.number("metadata.deletionGracePeriodSeconds", worker.grace());
        if (pod.deleting()) {
            Instant asked = pod.time("metadata.deletionTimestamp");
            Instant last = record.time("killBy");
            Instant start = record.time("killFrom");
            if (start == null) {
                record.time("killFrom", context.now());
                start = context.now();
            }
            Instant by = start.plusSeconds(grace);
            if (last == null || by.isBefore(last)) {
                record.time("killBy", by);
                last = by;
            }
            return asked == null ? by : last;
        }
        if (record.time("killBy") == null) {
            record.time("killBy", context.now().plusSeconds(worker.grace()));
        }
        return record.time("killBy");
    }

    private boolean stopAll(List<Obj> containers, Instant deadline) {
        boolean changed = false;
        for (Obj container : containers) {
            ContainerRecord each = record.container(container.text("name"));
            changed |= each.running() && stop(container, each, deadline);
        }
        return changed;
    }

    private boolean stop(Obj container, ContainerRecord each, Instant deadline) {
        if (each.hasPart("kill")) {
            Killing.hurry(each, deadline, pod.deleting() && pod.number("metadata.deletionGracePeriodSeconds", 1) == 0);
        }
        long grace =
                Math.max(0, java.time.Duration.between(context.now(), deadline).toSeconds());
        return new Killing(context, worker).begin(container, each, "Stopping container " + each.name, grace);
    }

    private boolean anyRunning(List<Obj> containers) {
        for (Obj container : containers) {
            if (record.container(container.text("name")).running()) {
                return true;
            }
        }
        return false;
    }
}
