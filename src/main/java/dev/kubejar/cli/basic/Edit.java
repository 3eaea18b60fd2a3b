package dev.kubejar.cli.basic;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Editing;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;

/** {@code kubectl edit}. */
public final class Edit implements Command {
    @Override
    public void flags(Flags flags) {
        FileOptions.declare(flags);
        PrintFlags.declare(flags);
        Changing.declareValidate(flags);
        flags.string("field-manager", "kubectl-edit")
                .bool("output-patch", false)
                .bool("save-config", false)
                .string("subresource", "")
                .bool("windows-line-endings", false);
    }

    @Override
    public int run(Invocation call) {
        Flags flags = call.flags();
        return Editing.objects(
                call,
                new ResourceBuilder(call)
                        .arguments(true, call.arguments())
                        .latest()
                        .namespace()
                        .files(FileOptions.of(flags))
                        .subresource(flags.text("subresource"))
                        .continueOnError()
                        .flatten()
                        .build()
                        .infos());
    }
}
