package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.Attaching;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.util.List;

/** {@code kubectl attach}. */
public final class Attach implements Command {
    @Override
    public void flags(Flags flags) {
        flags.string("container", 'c', "")
                .string("detach-keys", "ctrl-p,ctrl-q")
                .duration("pod-running-timeout", "1m0s")
                .bool("quiet", 'q', false)
                .bool("stdin", 'i', false)
                .bool("tty", 't', false);
    }

    @Override
    public int run(Invocation call) {
        List<String> args = call.arguments();
        Flags flags = call.flags();
        if (args.isEmpty()) {
            throw new CliError("at least 1 argument is required for attach");
        }
        if (args.size() > 2) {
            throw new CliError("expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw " + args.size() + ": ["
                    + String.join(" ", args) + "]");
        }
        Obj pod = pod(call, args, Pods.runningTimeout(flags));
        String phase = pod.text("status.phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            throw new CliError("cannot attach a container in a completed pod; current phase is " + phase);
        }
        Obj container = container(call, pod, flags);
        boolean stdin = flags.on("stdin");
        boolean quiet = flags.on("quiet");
        new Attaching(call, stdin, flags.on("tty"), quiet).attach(pod, container.text("name"), false);
        return 0;
    }

    private static Obj container(Invocation call, Obj pod, Flags flags) {
        try {
            return Pods.containerOrDefault(call, pod, flags.text("container"), flags.on("quiet"));
        } catch (CliError e) {
            throw new CliError("cannot attach to the container: " + e.getMessage());
        }
    }

    private static Obj pod(Invocation call, List<String> args, Duration timeout) {
        ResourceBuilder builder = new ResourceBuilder(call).namespace();
        List<Info> found = args.size() == 1
                ? builder.names("pods", args).build().infos()
                : builder.names(args.get(0), args.subList(1, 2)).build().infos();
        return Pods.attachable(call, found.get(0).object(), timeout);
    }
}
