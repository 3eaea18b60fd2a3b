package dev.kubejar.cli.other;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Invocation;

/** {@code kubectl alpha}: nothing is in alpha. */
public final class Alpha implements Command {
    @Override
    public int run(Invocation call) {
        call.err().println("No alpha commands are available in this version of kubectl");
        return 0;
    }
}
