package dev.kubejar.cli.basic;

import dev.kubejar.cli.Attaching;
import dev.kubejar.cli.Await;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Pods;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.time.Duration;

/** What {@code run} does once its pod is to be attached to: waits, joins the streams, hands on the exit code, removes. */
final class RunAttached {
    private final Invocation call;
    private final Obj pod;
    private final String restart;
    private final Duration timeout;

    RunAttached(Invocation call, Obj pod, String restart, Duration timeout) {
        this.call = call;
        this.pod = pod;
        this.restart = restart;
        this.timeout = timeout;
    }

    int run() {
        try {
            return attached();
        } finally {
            if (call.flags().on("rm")) {
                remove();
            }
        }
    }

    private int attached() {
        Obj running = await(now -> completed(now) || now.text("status.phase").equals("Running") && Pods.ready(now));
        Attaching attaching = new Attaching(
                call,
                call.flags().on("stdin"),
                call.flags().on("tty"),
                call.flags().on("quiet"));
        String container = running.list("spec.containers").get(0).text("name");
        if (completed(running)) {
            attaching.printLog(running, container);
        } else {
            attaching.attach(running, container, true);
        }
        if (call.flags().on("leave-stdin-open") || restart.equals("Always")) {
            return 0;
        }
        return exitCode(await(
                now -> now.text("status.phase").equals("Succeeded") || restart.equals("Never") && completed(now)));
    }

    private static boolean completed(Obj pod) {
        String phase = pod.text("status.phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private Obj await(java.util.function.Predicate<Obj> holds) {
        Obj[] last = {pod};
        boolean reached = Await.until(call, Await.deadline(call, timeout), () -> {
            last[0] = call.call(Request.get(Resources.PODS, pod.namespace(), pod.name()))
                    .object();
            return holds.test(last[0]);
        });
        if (!reached) {
            throw new CliError("timed out waiting for the condition");
        }
        return last[0];
    }

    private int exitCode(Obj ended) {
        if (ended.text("status.phase").equals("Succeeded")) {
            return 0;
        }
        Obj status = ended.list("status.containerStatuses").isEmpty()
                ? Obj.create()
                : ended.list("status.containerStatuses").get(0);
        int code = (int) status.number("state.terminated.exitCode");
        String name = ended.namespace() + "/" + ended.name();
        if (code == 0) {
            throw new CliError("pod " + name + " failed with unknown exit code");
        }
        call.err().println("pod " + name + " terminated (" + status.text("state.terminated.reason") + ")");
        String message = status.text("state.terminated.message");
        if (!message.isEmpty()) {
            call.err().println(message);
        }
        return code;
    }

    private void remove() {
        try {
            call.call(Request.delete(Resources.PODS, pod.namespace(), pod.name())
                    .propagation(Deletion.propagation(call))
                    .dryRun(DryRun.of(call.flags()).server()));
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                throw e;
            }
            return;
        }
        if (!call.flags().on("quiet")) {
            call.out().println("pod \"" + pod.name() + "\" deleted from " + pod.namespace() + " namespace");
        }
    }
}
