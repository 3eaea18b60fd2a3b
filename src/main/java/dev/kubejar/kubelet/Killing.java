package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Stops one container: preStop hook, stop signal, and the kill when its grace is over. */
final class Killing {
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
        record.part("kill").set("deadline", deadline.toString());
        if (graceSeconds > 0 && container.has("lifecycle.preStop")) {
            Instant done = Hooks.preStop(context, container, container.obj("lifecycle.preStop"), deadline);
            if (done.isAfter(context.now())) {
                record.part("kill").set("signalAt", done.toString());
                worker.wakeAt(done);
                return true;
            }
        }
        signal(container, record);
        return true;
    }

    /** Sends what is due; true where something changed. */
    boolean goOn(Obj container, ContainerRecord record) {
        Obj kill = record.part("kill");
        Instant deadline = Instant.parse(kill.text("deadline"));
        if (!deadline.isAfter(context.now())) {
            context.runtime().signal(context.pod(), record.name, "KILL");
            return true;
        }
        worker.wakeAt(deadline);
        if (kill.has("signalAt")) {
            Instant at = Instant.parse(kill.text("signalAt"));
            if (at.isAfter(context.now())) {
                worker.wakeAt(at);
                return false;
            }
            kill.remove("signalAt");
            signal(container, record);
            return true;
        }
        return false;
    }

    /** Shortens the grace of a kill that is under way. */
    static void hurry(ContainerRecord record, Instant deadline) {
        Obj kill = record.part("kill");
        if (Instant.parse(kill.text("deadline")).isAfter(deadline)) {
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

    /** Runs lifecycle hooks. */
    static final class Hooks {
        private Hooks() {}

        /** Runs a preStop hook; the instant at which it is over. */
        static Instant preStop(PodContext context, Obj container, Obj hook, Instant limit) {
            if (hook.has("sleep")) {
                Instant end = context.now().plusSeconds(hook.number("sleep.seconds"));
                return end.isBefore(limit) ? end : limit;
            }
            String fault = run(context, container, hook, limit);
            if (fault != null) {
                context.event(container, "Warning", "FailedPreStopHook", "PreStopHook failed");
            }
            return fault != null && fault.startsWith("command timed out") ? limit : context.now();
        }

        /** Null where the hook went well, else what went wrong. */
        static String run(PodContext context, Obj container, Obj hook, Instant limit) {
            if (hook.has("exec")) {
                ContainerRuntime.ExecResult result = context.runtime()
                        .exec(context.pod(), container.text("name"), hook.texts("exec.command"), new byte[0], limit);
                if (result == null) {
                    return "command timed out";
                }
                return result.exitCode() == 0 ? null : "exited with " + result.exitCode();
            }
            if (hook.has("httpGet")) {
                Obj get = hook.obj("httpGet");
                Map<String, String> headers = new TreeMap<>();
                PodContext.Connection answer = context.get(
                        get.text("host", context.ip()),
                        ProbeHandler.port(container, get.text("port")),
                        get.text("path", "/"),
                        get);
                return answer.open() && answer.status() < 400 ? null : "http hook failed" + headers;
            }
            return null;
        }

        static Duration atMost(Duration a, Duration b) {
            return a.compareTo(b) < 0 ? a : b;
        }
    }
}
