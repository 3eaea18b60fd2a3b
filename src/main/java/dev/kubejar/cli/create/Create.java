package dev.kubejar.cli.create;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Help;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.RawPaths;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;

/** {@code kubectl create}. */
public final class Create implements Command {
    private Invocation call;
    private DryRun dryRun;

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags);
        FileOptions.declare(flags);
        DryRun.declare(flags);
        Changing.declareValidate(flags);
        flags.bool("edit", false)
                .string("field-manager", "kubectl-create")
                .string("raw", "")
                .bool("save-config", false)
                .string("selector", 'l', "")
                .bool("windows-line-endings", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        Flags flags = call.flags();
        FileOptions files = FileOptions.of(flags);
        if (files.isEmpty() && call.arguments().isEmpty()) {
            call.err().println("Error: must specify one of -f and -k\n");
            Help.print(call.session(), call.err(), call.path(), flags);
            return 1;
        }
        if (!call.arguments().isEmpty()) {
            throw call.usage("Unexpected args: [" + String.join(" ", call.arguments()) + "]");
        }
        dryRun = DryRun.of(flags);
        String validation = Changing.validation(flags);
        Printer printer = PrintFlags.of(call, dryRun.done("created"));
        validate(flags, files);
        if (!flags.text("raw").isEmpty()) {
            call.out()
                    .print(RawPaths.post(call, flags.text("raw"), files.files().get(0)));
            return 0;
        }
        if (flags.on("edit")) {
            return dev.kubejar.cli.Editing.onCreate(call, files);
        }
        int[] count = {0};
        new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(files)
                .labels(flags.text("selector"))
                .validate(!validation.equals("Ignore"))
                .flatten()
                .build()
                .visit(info -> {
                    one(info, printer);
                    count[0]++;
                });
        if (count[0] == 0) {
            throw new CliError("no objects passed to create");
        }
        return 0;
    }

    private static void validate(Flags flags, FileOptions files) {
        files.requireOne();
        if (flags.text("raw").isEmpty()) {
            return;
        }
        if (flags.on("edit")) {
            throw new CliError("--raw and --edit are mutually exclusive");
        }
        if (files.files().size() != 1) {
            throw new CliError("--raw can only use a single local file or stdin");
        }
        if (files.recursive()) {
            throw new CliError("--raw and --recursive are mutually exclusive");
        }
        if (!flags.text("selector").isEmpty()) {
            throw new CliError("--raw and --selector (-l) are mutually exclusive");
        }
        if (!flags.text("output").isEmpty()) {
            throw new CliError("--raw and --output are mutually exclusive");
        }
    }

    private void one(Info info, Printer printer) {
        Obj object = info.object();
        Changing.annotate(object, call.flags().on("save-config"), false);
        if (!dryRun.client()) {
            object.remove("metadata.resourceVersion");
            try {
                info.refresh(call.call(Changing.options(
                                Request.create(info.ref().resource(), info.namespace(), object), call.flags(), dryRun))
                        .object());
            } catch (ApiError e) {
                throw Errors.during("creating", info.source(), e);
            }
        }
        printer.print(info.object(), call.out());
    }
}
