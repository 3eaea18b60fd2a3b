package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.time.Instant;

/** Stops one container: preStop hook, stop signal, and the kill when its grace is over. */
final class Killing {
    /** What is left to a container after its hook, at least. */
    private static final long LEAST_GRACE = 2;

    private final PodContext context;
    private final PodWorker worker;

    Killing(PodContext context, PodWorker worker) {
        this.context = context;
        this.worker = worker;
    }

    /** Begins, or goes on with what has begun; true where something changed. */
    boolean begin(Obj container, ContainerRecord record, String message, long graceSeconds) {
        if (record.hasPart("kill")) {
            return goOn(container, record);
        }
        context.event(container, "Normal", "Killing", message);
        Instant deadline = context.now().plusSeconds(graceSeconds);
        Obj kill = record.part("kill").set("deadline", deadline.toString());
        if (graceSeconds > 0 && container.has("lifecycle.preStop")) {
            new Hooks(context, worker).begin(container, container.obj("lifecycle.preStop"), kill.child("hook"));
            goOn(container, record);
            return true;
        }
        signal(container, record);
        return true;
    }

    /** Sends what is due; true where something changed. */
    boolean goOn(Obj container, ContainerRecord record) {
        Obj kill = record.part("kill");
        Instant deadline = Instant.parse(kill.text("deadline"));
        boolean over = !deadline.isAfter(context.now());
        if (kill.has("hook")) {
            String outcome = new Hooks(context, worker).outcome(container, kill.obj("hook"));
            if (outcome == null && !over) {
                worker.wakeAt(deadline);
                return false;
            }
            if (outcome != null && !outcome.isEmpty()) {
                context.event(container, "Warning", "FailedPreStopHook", "PreStopHook failed");
            }
            kill.remove("hook");
            Instant least = context.now().plusSeconds(LEAST_GRACE);
            if (!kill.bool("hurried") && deadline.isBefore(least)) {
                kill.set("deadline", least.toString()).set("least", least.toString());
            }
            signal(container, record);
            return true;
        }
        if (over) {
            context.runtime().signal(context.pod(), record.name, "KILL");
            return true;
        }
        worker.wakeAt(deadline);
        return false;
    }

    /** Shortens the grace of a kill that is under way. */
    static void hurry(ContainerRecord record, Instant deadline, boolean atOnce) {
        Obj kill = record.part("kill");
        if (atOnce) {
            kill.set("hurried", true);
        }
        Instant least = kill.has("least") ? Instant.parse(kill.text("least")) : Instant.EPOCH;
        if (Instant.parse(kill.text("deadline")).isAfter(deadline) && (atOnce || !least.isAfter(deadline))) {
            kill.set("deadline", deadline.toString());
        }
    }

    private void signal(Obj container, ContainerRecord record) {
        Instant deadline = Instant.parse(record.part("kill").text("deadline"));
        boolean now = !deadline.isAfter(context.now());
        String signal = container.text("lifecycle.stopSignal", "SIGTERM").replaceFirst("^SIG", "");
        context.runtime().signal(context.pod(), record.name, now ? "KILL" : signal);
        worker.wakeAt(deadline);
    }
}
