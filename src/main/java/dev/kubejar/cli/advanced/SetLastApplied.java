package dev.kubejar.cli.advanced;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Obj;
import java.util.List;

/** {@code kubectl apply set-last-applied}. */
public final class SetLastApplied implements Command {
    /** An object with the annotation it is to get. */
    private record Wanted(Info info, String configuration) {}

    private Invocation call;
    private DryRun dryRun;

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags);
        DryRun.declare(flags);
        flags.bool("create-annotation", false).slice("filename", 'f', "");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        dryRun = DryRun.of(call.flags());
        List<Wanted> all = new java.util.ArrayList<>();
        new ResourceBuilder(call)
                .namespace()
                .files(new FileOptions(call.flags().list("filename"), "", false))
                .flatten()
                .build()
                .visit(info -> {
                    Wanted wanted = wanted(info);
                    if (info.object().annotation(Changing.LAST_APPLIED).equals(wanted.configuration)) {
                        call.out().println("set-last-applied " + info.name() + ": no changes required.");
                    } else {
                        all.add(wanted);
                    }
                });
        for (Wanted each : all) {
            write(each);
        }
        return 0;
    }

    private Wanted wanted(Info info) {
        String configuration = GoJson.compact(info.object().node()) + "\n";
        Obj live = info.get(call);
        String there = live.annotation(Changing.LAST_APPLIED);
        if (there.isEmpty() && !call.flags().on("create-annotation")) {
            throw new CliError("no last-applied-configuration annotation found on resource: " + info.name()
                    + ", to create the annotation, run the command with --create-annotation");
        }
        return new Wanted(info, configuration);
    }

    private void write(Wanted wanted) {
        Info info = wanted.info;
        Obj shown = info.object().copy().setAnnotation(Changing.LAST_APPLIED, wanted.configuration);
        if (!dryRun.client()) {
            Obj patch = Obj.create().setAnnotation(Changing.LAST_APPLIED, wanted.configuration);
            shown = call.call(Request.patch(
                                    info.ref().resource(),
                                    info.namespace(),
                                    info.name(),
                                    Request.PatchType.MERGE,
                                    patch.node())
                            .dryRun(dryRun.server()))
                    .object();
        }
        PrintFlags.of(call, dryRun.done("configured")).print(shown, call.out());
    }
}
