package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;

/** A pod's phase from its containers' records: the kubelet's getPhase. */
final class Phases {
    private int pendingInit;
    private int pendingSidecars;
    private boolean failedInit;
    private int running;
    private int waiting;
    private int stopped;
    private int restartable;
    private int succeeded;

    private Phases() {}

    /** {@code Pending}, {@code Running}, {@code Succeeded} or {@code Failed}. */
    static String of(Obj pod, PodRecord record, boolean terminal) {
        Phases count = new Phases();
        for (Obj container : pod.list("spec.initContainers")) {
            if (Containers.sidecar(container)) {
                count.sidecar(record.container(container.text("name")));
            } else {
                count.init(pod, container, record.container(container.text("name")));
            }
        }
        boolean initialized = false;
        for (Obj container : pod.list("spec.containers")) {
            ContainerRecord one = record.container(container.text("name"));
            initialized |= one.created();
            count.main(pod, container, one);
        }
        return count.phase(initialized, terminal);
    }

    private void init(Obj pod, Obj container, ContainerRecord record) {
        if (record.exited()) {
            failedInit |= record.exitCode() != 0 && !Containers.restarts(pod, container, record.exitCode());
        } else {
            pendingInit++;
        }
        if (record.exited() && record.exitCode() != 0 && !failedInit) {
            pendingInit++;
        }
    }

    private void sidecar(ContainerRecord record) {
        if (record.running()) {
            pendingSidecars += record.started() ? 0 : 1;
            running++;
        } else if (!record.created()) {
            pendingSidecars++;
            waiting++;
        }
    }

    private void main(Obj pod, Obj container, ContainerRecord record) {
        if (record.running() && !record.held()) {
            running++;
        } else if (record.exited()) {
            stopped++;
            restartable += Containers.restarts(pod, container, record.exitCode()) ? 1 : 0;
            succeeded += record.exitCode() == 0 ? 1 : 0;
        } else {
            waiting++;
        }
    }

    private String phase(boolean initialized, boolean terminal) {
        if (failedInit) {
            return "Failed";
        }
        if (pendingInit > 0 || pendingSidecars > 0 && !initialized || waiting > 0) {
            return "Pending";
        }
        if (running > 0) {
            return "Running";
        }
        if (stopped == 0) {
            return "Pending";
        }
        if (!terminal && restartable > 0) {
            return "Running";
        }
        return stopped == succeeded ? "Succeeded" : "Failed";
    }
}
