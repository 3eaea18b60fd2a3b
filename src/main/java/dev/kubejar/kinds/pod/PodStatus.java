package dev.kubejar.kinds.pod;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A pod in one line, as {@code kubectl get pods} tells it: how many containers are ready, what it does, its restarts. */
public final class PodStatus {
    private static final String GATED = "SchedulingGated";

    private final Obj pod;
    private String reason;
    private int ready;
    private int total;
    private long restarts;
    private Instant lastRestart;
    private long sidecarRestarts;
    private Instant lastSidecarRestart;

    private PodStatus(Obj pod) {
        this.pod = pod;
    }

    /** Reads a pod's state. */
    public static PodStatus of(Obj pod) {
        PodStatus status = new PodStatus(pod);
        status.read();
        return status;
    }

    /** {@code Running}, {@code Init:0/1}, {@code CrashLoopBackOff}, {@code Terminating} … */
    public String reason() {
        return reason;
    }

    /** {@code 1/2}: ready containers of all, sidecars among them. */
    public String ready() {
        return ready + "/" + total;
    }

    /** {@code 3 (5s ago)}, or the number alone where no last end is known. */
    public String restarts(Instant now) {
        return restarts != 0 && lastRestart != null
                ? restarts + " (" + Times.since(lastRestart, now) + " ago)"
                : Long.toString(restarts);
    }

    private void read() {
        Obj status = pod.obj("status");
        reason = status.text("phase");
        if (!status.text("reason").isEmpty()) {
            reason = status.text("reason");
        }
        for (Obj condition : status.list("conditions")) {
            if (condition.text("type").equals("PodScheduled")
                    && condition.text("reason").equals(GATED)) {
                reason = GATED;
            }
        }
        Set<String> sidecars = sidecars();
        total = pod.list("spec.containers").size() + sidecars.size();
        boolean initializing = initializing(status, sidecars);
        if (!initializing || isTrue(status, "Initialized")) {
            restarts = sidecarRestarts;
            lastRestart = lastSidecarRestart;
            containers(status);
        }
        if (pod.deleting() && status.text("reason").equals("NodeLost")) {
            reason = "Unknown";
        } else if (pod.deleting() && !ended(status)) {
            reason = "Terminating";
        }
    }

    private Set<String> sidecars() {
        Set<String> names = new HashSet<>();
        for (Obj container : pod.list("spec.initContainers")) {
            if (container.text("restartPolicy").equals("Always")) {
                names.add(container.text("name"));
            }
        }
        return names;
    }

    private boolean initializing(Obj status, Set<String> sidecars) {
        List<Obj> statuses = status.list("initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            Obj container = statuses.get(i);
            boolean sidecar = sidecars.contains(container.text("name"));
            restarts += container.number("restartCount");
            lastRestart = later(lastRestart, container);
            if (sidecar) {
                sidecarRestarts += container.number("restartCount");
                lastSidecarRestart = later(lastSidecarRestart, container);
            }
            Obj ended = container.obj("state.terminated");
            if (container.has("state.terminated") && ended.number("exitCode") == 0) {
                continue;
            }
            if (sidecar && container.bool("started")) {
                ready += container.bool("ready") ? 1 : 0;
                continue;
            }
            String waiting = container.text("state.waiting.reason");
            if (container.has("state.terminated")) {
                reason = "Init:" + endReason(ended);
            } else if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                reason = "Init:" + waiting;
            } else {
                reason = "Init:" + i + "/" + pod.list("spec.initContainers").size();
            }
            return true;
        }
        return false;
    }

    private void containers(Obj status) {
        boolean running = false;
        String error = "";
        List<Obj> statuses = status.list("containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            Obj container = statuses.get(i);
            restarts += container.number("restartCount");
            lastRestart = later(lastRestart, container);
            String waiting = container.text("state.waiting.reason");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (container.has("state.terminated")) {
                reason = endReason(container.obj("state.terminated"));
                error = container.number("state.terminated.exitCode") == 0 ? error : reason;
            } else if (container.bool("ready") && container.has("state.running")) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed")) {
            if (running && isTrue(status, "Ready")) {
                reason = "Running";
            } else if (!error.isEmpty()) {
                reason = error;
            } else if (running) {
                reason = "NotReady";
            }
        }
    }

    private static String endReason(Obj ended) {
        if (!ended.text("reason").isEmpty()) {
            return ended.text("reason");
        }
        return ended.number("signal") != 0
                ? "Signal:" + ended.number("signal")
                : "ExitCode:" + ended.number("exitCode");
    }

    private static Instant later(Instant last, Obj container) {
        Instant ended = container.time("lastState.terminated.finishedAt");
        return ended != null && (last == null || last.isBefore(ended)) ? ended : last;
    }

    private static boolean isTrue(Obj status, String type) {
        for (Obj condition : status.list("conditions")) {
            if (condition.text("type").equals(type)) {
                return condition.text("status").equals("True");
            }
        }
        return false;
    }

    private static boolean ended(Obj status) {
        String phase = status.text("phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }
}
