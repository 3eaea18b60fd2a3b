package dev.kubejar.cli.management;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;

/** {@code kubectl cordon} and {@code kubectl uncordon}. */
public final class Cordon implements Command {
    private final boolean desired;

    /** @param desired whether the nodes are to be closed, rather than opened */
    public Cordon(boolean desired) {
        this.desired = desired;
    }

    @Override
    public void flags(Flags flags) {
        Nodes.declare(flags);
    }

    @Override
    public int run(Invocation call) {
        Nodes.of(call, 500).cordon(desired);
        return 0;
    }
}
