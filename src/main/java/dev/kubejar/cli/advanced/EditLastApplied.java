package dev.kubejar.cli.advanced;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Editing;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;

/** {@code kubectl apply edit-last-applied}. */
public final class EditLastApplied implements Command {
    @Override
    public void flags(Flags flags) {
        FileOptions.declare(flags);
        PrintFlags.declare(flags);
        Changing.declareValidate(flags);
        flags.string("field-manager", "kubectl-client-side-apply").bool("windows-line-endings", false);
    }

    @Override
    public int run(Invocation call) {
        return Editing.lastApplied(
                call,
                new ResourceBuilder(call)
                        .arguments(true, call.arguments())
                        .latest()
                        .namespace()
                        .files(FileOptions.of(call.flags()))
                        .continueOnError()
                        .flatten()
                        .build()
                        .infos());
    }
}
