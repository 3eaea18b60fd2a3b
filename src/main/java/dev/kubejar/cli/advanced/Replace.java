package dev.kubejar.cli.advanced;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.RawPaths;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code kubectl replace}. */
public final class Replace implements Command {
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;
    private FileOptions files;
    private Printer printer;

    @Override
    public void flags(Flags declared) {
        FileOptions.declare(declared);
        Deletion.declare(declared);
        PrintFlags.declare(declared);
        Changing.declareValidate(declared);
        DryRun.declare(declared);
        declared.string("field-manager", "kubectl-replace")
                .string("raw", "")
                .bool("save-config", false)
                .string("subresource", "");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        files = FileOptions.of(flags);
        printer = PrintFlags.of(call, dryRun.done("replaced"));
        Changing.validation(flags);
        files.requireOne();
        validate();
        if (!flags.text("raw").isEmpty()) {
            call.out().print(RawPaths.put(call, flags.text("raw"), files.files().get(0)));
            return 0;
        }
        if (flags.on("force")) {
            force();
        } else {
            objects().visit(this::replace);
        }
        return 0;
    }

    private void validate() {
        boolean force = flags.on("force");
        if (flags.number("grace-period") >= 0 && !force) {
            throw new CliError("--grace-period must have --force specified");
        }
        if (!flags.duration("timeout").isZero() && !force) {
            throw new CliError("--timeout must have --force specified");
        }
        if (force && dryRun != DryRun.NONE) {
            throw new CliError("--dry-run can not be used when --force is set");
        }
        if (!flags.text("raw").isEmpty()) {
            if (files.files().size() != 1) {
                throw new CliError("--raw can only use a single local file or stdin");
            }
            if (files.recursive()) {
                throw new CliError("--raw and --recursive are mutually exclusive");
            }
            if (!flags.text("output").isEmpty()) {
                throw new CliError("--raw and --output are mutually exclusive");
            }
        }
    }

    private dev.kubejar.cli.ResourceResult objects() {
        return new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(files)
                .validate(!Changing.validation(flags).equals("Ignore"))
                .subresource(flags.text("subresource"))
                .flatten()
                .build();
    }

    private void replace(Info info) {
        Obj object = info.object();
        Changing.annotate(object, flags.on("save-config"), false);
        if (!dryRun.client()) {
            try {
                info.refresh(updated(info, object));
            } catch (ApiError e) {
                throw Errors.during("replacing", info.source(), e);
            }
        }
        printer.print(info.object(), call.out());
    }

    /** Writes over the live object, taking its version where the manifest has none. */
    private Obj updated(Info info, Obj object) {
        if (object.resourceVersion().isEmpty()) {
            liveVersion(info).ifPresent(version -> object.set("metadata.resourceVersion", version));
        }
        return call.call(Changing.options(
                        Request.update(info.ref().resource(), info.namespace(), info.name(), object)
                                .subresource(flags.text("subresource")),
                        flags,
                        dryRun))
                .object();
    }

    /** The live object's version; none where it cannot be had: some kinds are made by an update. */
    private Optional<String> liveVersion(Info info) {
        try {
            return Optional.of(call.call(Request.get(info.ref().resource(), info.namespace(), info.name())
                            .subresource(flags.text("subresource")))
                    .object()
                    .resourceVersion());
        } catch (ApiError e) {
            return Optional.empty();
        }
    }

    private void force() {
        List<Info> infos = objects().infos();
        long grace = flags.number("grace-period");
        Deletion deletion = new Deletion(call, DryRun.NONE, grace < 0 ? 0 : grace, Deletion.propagation(call));
        List<Info> there = new ArrayList<>();
        for (Info info : infos) {
            try {
                deletion.delete(info);
                there.add(info);
            } catch (ApiError e) {
                if (!e.is("NotFound")) {
                    throw e;
                }
            }
        }
        for (Info info : there) {
            call.out()
                    .println(info.printedKind() + " \"" + info.name() + "\" deleted"
                            + (info.namespaced() ? " from " + info.namespace() + " namespace" : ""));
        }
        Duration timeout = flags.duration("timeout");
        deletion.await(timeout.isZero() ? Duration.ofMinutes(5) : timeout);
        for (Info info : infos) {
            Obj object = info.object();
            Changing.annotate(object, flags.on("save-config"), false);
            object.remove("metadata.resourceVersion");
            info.refresh(call.call(Changing.options(
                            Request.create(info.ref().resource(), info.namespace(), object), flags, DryRun.NONE))
                    .object());
            printer.print(info.object(), call.out());
        }
        if (infos.isEmpty()) {
            throw new CliError("no objects passed to replace");
        }
    }
}
