package dev.kubejar.cli.own;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Invocation;

/** {@code kubejar sim compact}. */
public final class SimCompact implements Command {
    @Override
    public int run(Invocation call) {
        String name = call.config().clusterName();
        call.cluster().compact();
        call.out().println("cluster \"" + name + "\" compacted");
        return 0;
    }
}
