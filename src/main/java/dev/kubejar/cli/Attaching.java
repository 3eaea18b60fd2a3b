package dev.kubejar.cli;

import dev.kubejar.client.NodeStreams.LogOptions;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;

/** Joins a running container's streams: what it writes comes from its log, what is typed goes to its own process. */
public final class Attaching {
    private final Invocation call;
    private final boolean stdin;
    private final boolean tty;
    private final boolean quiet;

    public Attaching(Invocation call, boolean stdin, boolean tty, boolean quiet) {
        this.call = call;
        this.stdin = stdin;
        this.tty = tty;
        this.quiet = quiet;
    }

    /** Prints everything a container has written. */
    public void printLog(Obj pod, String container) {
        LogOptions options = new LogOptions(container, false, false, 0, false, 0, null);
        call.out()
                .write(call.cluster()
                        .streams()
                        .logs(Ref.of(Resources.PODS, pod), options)
                        .bytes());
    }

    /** Stays with a container until it ends or, where input goes to it, is left; {@code fromStart}: with what it has written before. */
    public void attach(Obj pod, String name, boolean fromStart) {
        Obj container = Pods.container(pod, name);
        boolean allocated = container.bool("tty");
        if (tty && !allocated && !quiet) {
            call.err().println("error: Unable to use a TTY - container " + name + " did not allocate one");
        }
        ContainerSession session = ContainerSession.of(call, stdin && container.bool("stdin"), allocated, quiet);
        if (!quiet) {
            call.err()
                    .println("All commands and output from this session will be recorded in container logs, including"
                            + " credentials and sensitive information passed through the command prompt.");
            call.err().println("If you don't see a command prompt, try pressing enter.");
        }
        session.attach(pod, name, fromStart);
        if (!quiet && stdin && allocated && call.session().terminal().in()) {
            call.out().println(resume(pod, name));
        }
    }

    /** How to come back to what still runs. */
    private static String resume(Obj pod, String name) {
        String again = "'kubectl attach " + pod.name() + " -c " + name + " -n " + pod.namespace() + " -i -t'";
        boolean ephemeral = pod.list("spec.ephemeralContainers").stream()
                .anyMatch(each -> each.text("name").equals(name));
        return ephemeral
                ? "Session ended, the ephemeral container will not be restarted but may be reattached using " + again
                        + " if it is still running"
                : "Session ended, resume using " + again + " command";
    }
}
