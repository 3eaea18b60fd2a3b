package dev.kubejar.cli.own;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Invocation;

/** {@code kubejar sim reset}. */
public final class SimReset implements Command {
    @Override
    public int run(Invocation call) {
        String name = call.config().clusterName();
        call.cluster().reset();
        call.out().println("cluster \"" + name + "\" reset");
        return 0;
    }
}
