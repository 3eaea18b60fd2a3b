package dev.kubejar.cli.deploy;

import dev.kubejar.cli.Await;
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
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl scale}. */
public final class Scale implements Command {
    private static final int RETRIES = 10;

    private Invocation call;
    private Flags flags;
    private DryRun dryRun;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.bool("all", false)
                .integer("current-replicas", -1)
                .integer("replicas", 0)
                .string("resource-version", "")
                .string("selector", 'l', "")
                .duration("timeout", "0s")
                .require("replicas");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        long replicas = flags.number("replicas");
        Printer printer = PrintFlags.of(call, dryRun.done("scaled"));
        if (replicas < 0) {
            throw new CliError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
        }
        if (flags.number("current-replicas") < -1) {
            throw new CliError("The --current-replicas must specify an integer of -1 or greater");
        }
        List<RuntimeException> failures = new ArrayList<>();
        List<Info> infos = new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(FileOptions.of(flags))
                .arguments(flags.on("all"), call.arguments())
                .flatten()
                .labels(flags.text("selector"))
                .build()
                .infos(failures);
        if (!flags.text("resource-version").isEmpty() && infos.size() > 1) {
            throw new CliError("cannot use --resource-version with multiple resources");
        }
        if (infos.isEmpty()) {
            dev.kubejar.cli.Failures.throwAll(failures);
            throw new CliError("no objects passed to scale");
        }
        for (Info info : infos) {
            printer.print(one(info, replicas), call.out());
        }
        dev.kubejar.cli.Failures.throwAll(failures);
        return 0;
    }

    private Obj one(Info info, long replicas) {
        if (!dryRun.client()) {
            scale(info, replicas);
        }
        Obj shown = info.object().copy();
        String group = shown.group();
        return group.isEmpty() || group.equals("apps") ? shown.set("spec.replicas", replicas) : shown;
    }

    private void scale(Info info, long replicas) {
        boolean conditional = flags.number("current-replicas") != -1
                || !flags.text("resource-version").isEmpty();
        if (conditional) {
            conditional(info, replicas);
        } else {
            Obj patch = Obj.create().set("spec.replicas", replicas);
            call.call(Request.patch(
                            info.ref().resource(), info.namespace(), info.name(), Request.PatchType.MERGE, patch.node())
                    .subresource("scale")
                    .fieldManager("kubectl")
                    .dryRun(dryRun.server()));
        }
        Duration timeout = flags.duration("timeout");
        if (!timeout.isZero() && dryRun == DryRun.NONE) {
            boolean done = Await.until(call, Await.deadline(call, timeout), () -> {
                Obj now = scaleOf(info);
                return now.number("status.replicas") == replicas;
            });
            if (!done) {
                throw new CliError("timed out waiting for " + dev.kubejar.cli.Go.quote(info.name()) + " to be synced");
            }
        }
    }

    private Obj scaleOf(Info info) {
        return call.call(Request.get(info.ref().resource(), info.namespace(), info.name())
                        .subresource("scale"))
                .object();
    }

    private void conditional(Info info, long replicas) {
        long wanted = flags.number("current-replicas");
        String version = flags.text("resource-version");
        for (int left = RETRIES; ; left--) {
            Obj scale = scaleOf(info).copy();
            if (wanted != -1 && scale.number("spec.replicas") != wanted) {
                throw new CliError("Expected replicas to be " + wanted + ", was " + scale.number("spec.replicas"));
            }
            if (!version.isEmpty() && !scale.resourceVersion().equals(version)) {
                throw new CliError("Expected resource version to be " + version + ", was " + scale.resourceVersion());
            }
            try {
                call.call(Request.update(
                                info.ref().resource(),
                                info.namespace(),
                                info.name(),
                                scale.set("spec.replicas", replicas))
                        .subresource("scale")
                        .fieldManager("kubectl")
                        .dryRun(dryRun.server()));
                return;
            } catch (ApiError e) {
                if (!e.is("Conflict") || left == 0 || !version.isEmpty()) {
                    throw e;
                }
            }
        }
    }
}
