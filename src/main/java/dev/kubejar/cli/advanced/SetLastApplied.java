package dev.kubejar.cli.advanced;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.Trees;
import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl apply set-last-applied}. */
public final class SetLastApplied implements Command {
    private record Change(Info info, Obj patch) {}

    private final List<Change> changes = new ArrayList<>();
    private Invocation call;

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags);
        DryRun.declare(flags);
        flags.bool("create-annotation", false).slice("filename", 'f', "");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        Flags flags = call.flags();
        DryRun dryRun = DryRun.of(flags);
        Printer printer = PrintFlags.of(call, dryRun.done("configured"));
        new ResourceBuilder(call)
                .namespace()
                .files(new FileOptions(flags.list("filename"), "", false))
                .flatten()
                .build()
                .visit(this::compare);
        for (Change change : changes) {
            Info info = change.info;
            Obj result = info.object();
            if (!dryRun.client()) {
                Request request = Request.patch(
                        info.ref().resource(), info.namespace(), info.name(), PatchType.MERGE, change.patch.node());
                result = call.call(request.dryRun(dryRun.server())).object();
            }
            printer.print(result, call.out());
        }
        return 0;
    }

    private void compare(Info info) {
        String wanted = Json.text(Trees.sorted(info.object().node())) + "\n";
        try {
            info.get(call);
        } catch (ApiError e) {
            if (e.is("NotFound")) {
                throw e;
            }
            throw Errors.during(
                    "retrieving current configuration of:\n" + info.description() + "\nfrom server for:",
                    info.source(),
                    e);
        }
        String current = info.object().annotation(Changing.LAST_APPLIED);
        if (current.isEmpty() && !call.flags().on("create-annotation")) {
            throw new CliError("no last-applied-configuration annotation found on resource: " + info.name()
                    + ", to create the annotation, run the command with --create-annotation");
        }
        if (!current.isEmpty() && Json.read(current).equals(Json.read(wanted))) {
            call.out().println("set-last-applied " + info.name() + ": no changes required.");
        } else {
            changes.add(new Change(info, Obj.create().setAnnotation(Changing.LAST_APPLIED, wanted)));
        }
    }
}
