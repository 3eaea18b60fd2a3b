package dev.kubejar.cli.other;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Help;
import dev.kubejar.cli.Invocation;

/** {@code kubectl options}. */
public final class Options implements Command {
    @Override
    public int run(Invocation call) {
        Help.printOptions(call.out());
        return 0;
    }
}
