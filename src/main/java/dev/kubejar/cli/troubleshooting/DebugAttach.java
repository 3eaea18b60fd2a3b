package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.Attaching;
import dev.kubejar.cli.Await;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.util.List;

/** Waits for a debugging container to run and attaches to it; prints its log where it has ended already. */
final class DebugAttach {
    private final Invocation call;
    private final Flags flags;
    private final String container;
    private Obj pod;
    private String told = "";

    DebugAttach(Invocation call, Obj pod, String container) {
        this.call = call;
        this.flags = call.flags();
        this.pod = pod;
        this.container = container;
    }

    void run() {
        Await.until(call, Await.deadline(call, Await.FOR_EVER), this::begun);
        Attaching attaching = new Attaching(call, flags.on("stdin"), flags.on("tty"), flags.on("quiet"));
        if (status().has("state.terminated")) {
            attaching.printLog(pod, container);
            return;
        }
        try {
            attaching.attach(pod, container, true);
        } catch (ApiError | CliError e) {
            call.err()
                    .println("warning: couldn't attach to pod/" + pod.name() + ", falling back to streaming logs: "
                            + e.getMessage());
            attaching.printLog(pod, container);
        }
    }

    private boolean begun() {
        pod = call.call(Request.get(Resources.PODS, pod.namespace(), pod.name()))
                .object();
        Obj status = status();
        if (status.has("state.running") || status.has("state.terminated")) {
            return true;
        }
        String message = status.text("state.waiting.message");
        String seen = pod.resourceVersion() + message;
        if (!flags.on("quiet") && !message.isEmpty() && !seen.equals(told)) {
            call.err().println("Warning: container " + container + ": " + message);
        }
        told = seen;
        return false;
    }

    private Obj status() {
        for (String list : List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")) {
            for (Obj each : pod.list("status." + list)) {
                if (each.text("name").equals(container)) {
                    return each;
                }
            }
        }
        return Obj.create();
    }
}
