package dev.kubejar.cli.own;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;

/** {@code kubejar shell [-c COMMANDS] [FILE]}. */
public final class Shell implements Command {
    @Override
    public void flags(Flags flags) {
        flags.string("command", 'c', "").bool("exit-on-error", 'e', false);
    }

    @Override
    public int run(Invocation call) {
        if (call.arguments().size() > 1
                || !call.arguments().isEmpty() && call.flags().changed("command")) {
            throw call.usage("pass one file of commands, or -c COMMANDS, or nothing to type them");
        }
        return call.session().interactive().run(call);
    }
}
