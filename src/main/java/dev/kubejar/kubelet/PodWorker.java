package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.List;

/**
 * One look at one pod: lets its containers run, starts what is to be started, restarts what has ended, and says when to
 * look again. Steps repeat until nothing changes at this instant.
 */
final class PodWorker {
    private static final int MOST_STEPS = 10_000;

    private final PodContext context;
    private final Obj pod;
    private final PodRecord record;
    private final ContainerStarter starter;
    private final Instant now;
    private Instant due;
    private boolean moved;
    private Instant probeDue;

    PodWorker(PodContext context, ContainerStarter starter) {
        this.context = context;
        this.pod = context.pod();
        this.record = context.record();
        this.starter = starter;
        this.now = context.now();
    }

    /** The next instant at which something is to be done, or null. */
    Instant due() {
        return due;
    }

    /** Whether everything has stopped for good. */
    boolean over() {
        for (ContainerRecord each : record.containers()) {
            if (each.running()) {
                return false;
            }
        }
        return true;
    }

    void work(boolean awake) {
        moved = awake;
        int left = MOST_STEPS;
        boolean again = true;
        while (again && left-- > 0) {
            due = null;
            probeDue = null;
            again = step();
        }
    }

    /** When it is to be woken for nothing but a probe; null where something else comes first. */
    Instant probed() {
        return probeDue != null && probeDue.equals(due) ? probeDue : null;
    }

    private boolean step() {
        boolean changed = runContainers();
        if (pod.deleting() || !record.text("failure").isEmpty()) {
            return new Termination(context, this).step() || changed;
        }
        if (deadlinePassed() || new LocalStorage(context, this).evicts()) {
            return true;
        }
        changed |= restartUnhealthy();
        return changed || advance();
    }

    /** Asks to be woken at an instant. */
    void wakeAt(Instant instant) {
        if (instant != null && (due == null || instant.isBefore(due))) {
            due = instant;
        }
    }

    private boolean runContainers() {
        boolean changed = false;
        for (ContainerRecord each : record.containers()) {
            if (each.running()) {
                ContainerRuntime.Progress progress = context.runtime().run(pod, each.name);
                if (progress.exited()) {
                    ended(each, progress.exitCode(), progress.reason());
                    changed = true;
                } else {
                    wakeAt(progress.due());
                    changed |= progress.moved();
                }
            }
        }
        moved |= changed;
        return changed;
    }

    private void ended(ContainerRecord each, int code, String reason) {
        Obj container = Containers.byName(pod, each.name);
        String message = container == null ? "" : context.runtime().terminationMessage(pod, container, code);
        each.exit(code, reason, message, now);
    }

    private boolean deadlinePassed() {
        if (!pod.has("spec.activeDeadlineSeconds") || record.time("startTime") == null) {
            return false;
        }
        Instant deadline = record.time("startTime").plusSeconds(pod.number("spec.activeDeadlineSeconds"));
        if (deadline.isAfter(now)) {
            wakeAt(deadline);
            return false;
        }
        String message = "Pod was active on the node longer than the specified deadline";
        record.text("failure", "DeadlineExceeded");
        record.text("failureMessage", message);
        context.event("Normal", "DeadlineExceeded", message);
        return true;
    }

    private boolean restartUnhealthy() {
        boolean changed = false;
        for (Obj container : Containers.all(pod)) {
            ContainerRecord each = record.container(container.text("name"));
            if (!each.running() || each.hasPart("kill")) {
                changed |= each.running() && new Killing(context, this).goOn(container, each);
                continue;
            }
            if (each.held() && !hooked(container, each)) {
                continue;
            }
            boolean started = each.started();
            Probes probes = new Probes(context, container, each);
            probes.run(moved);
            Instant next = probes.due();
            wakeAt(next);
            probeDue = probeDue == null || next != null && next.isBefore(probeDue) ? next : probeDue;
            changed |= started != each.started();
            if (!probes.verdict().isEmpty()) {
                String message = "Container " + each.name + " failed " + probes.verdict() + " probe, will be restarted";
                changed |=
                        new Killing(context, this).begin(container, each, message, grace(container, probes.verdict()));
            } else if (outdated(container, each)) {
                String message = "Container " + each.name + " definition changed, will be restarted";
                changed |= new Killing(context, this).begin(container, each, message, grace());
            } else if (each.hasPart("resize")) {
                each.dropPart("resize");
                String message = "Container " + each.name + " resize requires restart";
                changed |= new Killing(context, this).begin(container, each, message, grace());
            }
        }
        moved = false;
        return changed;
    }

    /** Whether the container's postStart hook is over and went well. */
    private boolean hooked(Obj container, ContainerRecord each) {
        String outcome = new Hooks(context, this).outcome(container, each.part("hook"));
        if (outcome == null) {
            return false;
        }
        each.dropPart("hook");
        if (outcome.isEmpty()) {
            return true;
        }
        context.event(container, "Warning", "FailedPostStartHook", "PostStartHook failed");
        new Killing(context, this).begin(container, each, "FailedPostStartHook", grace());
        return false;
    }

    /** An image that was changed in the spec of a running container. */
    private boolean outdated(Obj container, ContainerRecord each) {
        return !each.text("specImage").equals(container.text("image"));
    }

    private long grace(Obj container, String probe) {
        return container.number(probe + "Probe.terminationGracePeriodSeconds", grace());
    }

    /** The pod's grace period in seconds. */
    long grace() {
        return pod.number("spec.terminationGracePeriodSeconds", 30);
    }

    /** Starts what the order of containers allows now; true where something happened. */
    private boolean advance() {
        if (!record.sandbox() && mainsOver()) {
            return false; // its sandbox has been taken away for good
        }
        if (!starter.ready(this)) {
            return false;
        }
        boolean begun = mainsBegun();
        for (Obj container : pod.list("spec.initContainers")) {
            ContainerRecord each = record.container(container.text("name"));
            Boolean result =
                    Containers.sidecar(container) ? sidecar(container, each) : begun ? null : init(container, each);
            if (result != null) {
                return result;
            }
        }
        return mains();
    }

    private boolean mainsBegun() {
        for (Obj container : pod.list("spec.containers")) {
            if (record.container(container.text("name")).created()) {
                return true;
            }
        }
        return false;
    }

    /** Null: go on with the next one; otherwise whether something changed. */
    private Boolean sidecar(Obj container, ContainerRecord each) {
        if (each.running()) {
            return each.started() && !each.held() || mainsBegun() ? null : false;
        }
        if (mainsOver()) {
            return null;
        }
        if (starter.start(container, each, this)) {
            return true;
        }
        return mainsBegun() ? null : false;
    }

    private Boolean init(Obj container, ContainerRecord each) {
        if (each.running()) {
            return false;
        }
        if (each.exited() && each.exitCode() == 0) {
            return null;
        }
        if (each.exited() && !Containers.initRestarts(pod, container, each.exitCode())) {
            return stopSidecars();
        }
        return starter.start(container, each, this);
    }

    private boolean mains() {
        boolean changed = false;
        for (Obj container : pod.list("spec.containers")) {
            ContainerRecord each = record.container(container.text("name"));
            boolean wanted =
                    !each.running() && (!each.exited() || Containers.restarts(pod, container, each.exitCode()));
            changed |= wanted && starter.start(container, each, this);
            if (each.held()) {
                return changed;
            }
        }
        for (Obj container : pod.list("spec.ephemeralContainers")) {
            ContainerRecord each = record.container(container.text("name"));
            changed |= !each.created() && starter.start(container, each, this);
        }
        return changed || mainsOver() && stopSidecars();
    }

    /** Whether every main container has ended and none will be started again. */
    boolean mainsOver() {
        for (Obj container : pod.list("spec.containers")) {
            ContainerRecord each = record.container(container.text("name"));
            if (!each.exited() || Containers.restarts(pod, container, each.exitCode())) {
                return false;
            }
        }
        return true;
    }

    /** Sidecars stop one after the other, the last one first. */
    private boolean stopSidecars() {
        List<Obj> inits = pod.list("spec.initContainers");
        for (int i = inits.size() - 1; i >= 0; i--) {
            Obj container = inits.get(i);
            ContainerRecord each = record.container(container.text("name"));
            if (Containers.sidecar(container) && each.running()) {
                return new Killing(context, this).begin(container, each, "Stopping container " + each.name, grace());
            }
        }
        if (record.sandbox() && over()) {
            record.sandbox(false);
            return true;
        }
        return false;
    }
}
