package dev.kubejar.cli.deploy;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.ResourceResult;
import dev.kubejar.object.Obj;
import java.util.Set;

/** What the {@code rollout} commands share: which objects they work on. */
abstract class Rollout implements Command {
    // The kinds that kubectl's visitors know; the others are refused with other words.
    private static final Set<String> VISITED = Set.of(
            "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet", "CronJob");

    Invocation call;
    Flags flags;

    @Override
    public final int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        if (call.arguments().isEmpty() && FileOptions.of(flags).isEmpty()) {
            throw new CliError("required resource not specified");
        }
        return work();
    }

    abstract int work();

    final ResourceResult objects() {
        return new ResourceBuilder(call)
                .namespace()
                .labels(flags.text("selector"))
                .files(FileOptions.of(flags))
                .arguments(true, call.arguments())
                .continueOnError()
                .latest()
                .flatten()
                .build();
    }

    /** Refuses kinds without revisions: {@code what} is a rollbacker, history … and {@code none} the words for lacking one. */
    static void checkKind(Info info, String what, String none) {
        Obj object = info.object();
        String kind = object.kind();
        String quoted = Go.quote(object.group().isEmpty() ? kind : kind + "." + object.group());
        if (!VISITED.contains(kind)) {
            throw new CliError("error retrieving " + what + " for " + quoted + ", no visitor method exists for {"
                    + object.group() + " " + kind + "}");
        }
        if (!Revisions.kept(kind)) {
            throw new CliError("no " + none + " has been implemented for " + quoted);
        }
    }
}
