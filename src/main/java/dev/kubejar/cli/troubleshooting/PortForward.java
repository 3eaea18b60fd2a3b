package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.StreamAccess;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.time.Duration;
import java.util.List;

/** {@code kubectl port-forward}: listens on the host as long as it lives. */
public final class PortForward implements Command {
    @Override
    public void flags(Flags flags) {
        flags.slice("address", '\0', "localhost").duration("pod-running-timeout", "1m0s");
    }

    @Override
    public int run(Invocation call) {
        List<String> args = call.arguments();
        if (args.size() < 2) {
            throw call.usage("TYPE/NAME and list of ports are required for port-forward");
        }
        Duration timeout = Pods.runningTimeout(call.flags());
        Obj object = new ResourceBuilder(call)
                .namespace()
                .names("pods", args.subList(0, 1))
                .build()
                .infos()
                .get(0)
                .object();
        Obj chosen = Pods.attachable(call, object, timeout);
        List<PortPair> ports = PortPair.of(object, chosen, args.subList(1, args.size()));
        Obj pod = call.call(Request.get(Resources.PODS, chosen.namespace(), chosen.name()))
                .object();
        String phase = pod.text("status.phase");
        if (!phase.equals("Running")) {
            throw new CliError("unable to forward port because pod is not running. Current status=" + phase);
        }
        try {
            StreamAccess.require(call, Ref.of(Resources.PODS, pod), "create", "portforward");
        } catch (ApiError e) {
            throw new CliError("error upgrading connection: " + e.getMessage());
        }
        return new Forwarding(call, Ref.of(Resources.PODS, pod), pod.uid())
                .run(call.flags().list("address"), ports);
    }
}
