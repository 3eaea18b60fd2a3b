package dev.kubejar.kubelet;

import dev.kubejar.client.NodeStreams;
import dev.kubejar.object.Obj;
import java.time.Instant;

/**
 * Runs lifecycle hooks beside the container's own processes: one that takes time goes on from look to look.
 *
 * <pre>
 * "hook": {"session": 3}      a command under way
 * "hook": {"until": "…"}      a sleep
 * "hook": {"fault": "…"}      over; empty where it went well
 * </pre>
 */
final class Hooks {
    private static final byte[] NOTHING = {};

    private final PodContext context;
    private final PodWorker worker;

    Hooks(PodContext context, PodWorker worker) {
        this.context = context;
        this.worker = worker;
    }

    /** Begins a hook; {@code state} is where it is remembered. */
    void begin(Obj container, Obj hook, Obj state) {
        if (hook.has("sleep")) {
            state.set(
                    "until",
                    context.now().plusSeconds(hook.number("sleep.seconds")).toString());
        } else if (hook.has("exec")) {
            try {
                state.set(
                        "session",
                        context.runtime()
                                .begin(
                                        context.pod(),
                                        container.text("name"),
                                        hook.texts("exec.command"),
                                        false,
                                        false));
            } catch (ContainerRuntime.StartFailure e) {
                state.set("fault", e.getMessage());
            }
        } else {
            state.set("fault", hook.has("httpGet") ? get(container, hook.obj("httpGet")) : "");
        }
    }

    /** Null while the hook is under way, empty where it went well, else what went wrong. */
    String outcome(Obj container, Obj state) {
        if (state.has("until")) {
            Instant until = Instant.parse(state.text("until"));
            if (until.isAfter(context.now())) {
                worker.wakeAt(until);
                return null;
            }
            return "";
        }
        if (!state.has("session")) {
            return state.text("fault");
        }
        int session = (int) state.number("session");
        String name = container.text("name");
        NodeStreams.Turn turn = context.runtime().turn(context.pod(), name, session, NOTHING, false);
        if (!turn.over()) {
            worker.wakeAt(context.runtime().run(context.pod(), name).due());
            return null;
        }
        context.runtime().end(context.pod(), name, session);
        return turn.code() == 0 ? "" : "exited with " + turn.code();
    }

    private String get(Obj container, Obj get) {
        int port = ProbeHandler.port(container, get.text("port"));
        PodContext.Connection answer = context.get(get.text("host", context.ip()), port, get.text("path", "/"), get);
        return answer.open() && answer.status() < 400 ? "" : "no good answer to GET " + get.text("path", "/");
    }
}
