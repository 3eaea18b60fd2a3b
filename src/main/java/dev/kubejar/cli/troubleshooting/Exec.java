package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.ContainerSession;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Output;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.util.List;

/** {@code kubectl exec}. */
public final class Exec implements Command {
    private Invocation call;
    private Flags flags;

    @Override
    public void flags(Flags declared) {
        declared.string("container", 'c', "")
                .slice("filename", 'f', "")
                .duration("pod-running-timeout", "1m0s")
                .bool("quiet", 'q', false)
                .bool("stdin", 'i', false)
                .bool("tty", 't', false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        List<String> args = call.arguments();
        List<String> files = flags.list("filename");
        int dash = call.dash();
        String name = !args.isEmpty() && dash != 0 ? args.get(0) : "";
        if (dash < 0 && (args.size() > 1 || !args.isEmpty() && !files.isEmpty())) {
            throw call.usage("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
        }
        List<String> command = dash < 0 ? List.of() : args.subList(dash, args.size());
        Duration timeout = Pods.runningTimeout(flags);
        if (name.isEmpty() && files.isEmpty()) {
            throw new CliError("pod, type/name or --filename must be specified");
        }
        if (command.isEmpty()) {
            throw new CliError("you must specify at least one command for the container");
        }
        Obj pod = pod(name, files, timeout);
        String container = container(pod, flags.text("container"), flags.on("quiet"), call.err());
        return ContainerSession.of(call, flags.on("stdin"), flags.on("tty"), flags.on("quiet"))
                .run(pod, container, command);
    }

    /** The container in which a command would run; refuses a pod that has completed. {@code err} takes remarks. */
    static String container(Obj pod, String named, boolean quiet, Output err) {
        String phase = pod.text("status.phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            throw new CliError("cannot exec into a container in a completed pod; current phase is " + phase);
        }
        return Pods.containerOrDefault(pod, named, quiet, err).text("name");
    }

    private Obj pod(String name, List<String> files, Duration timeout) {
        ResourceBuilder builder = new ResourceBuilder(call).namespace().files(new FileOptions(files, "", false));
        if (!name.isEmpty()) {
            builder.names("pods", List.of(name));
        }
        List<Info> found = builder.build().infos();
        if (found.size() != 1) {
            throw new CliError("cannot exec into multiple objects at a time");
        }
        return Pods.attachable(call, found.get(0).object(), timeout);
    }
}
