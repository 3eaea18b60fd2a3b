package dev.kubejar.cli.management;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl drain}: closes nodes and evicts their pods. */
public final class Drain implements Command {
    private Invocation call;
    private Nodes nodes;

    @Override
    public void flags(Flags flags) {
        Nodes.declare(flags);
        flags.int64("chunk-size", 500)
                .bool("delete-emptydir-data", false)
                .bool("disable-eviction", false)
                .bool("force", false)
                .integer("grace-period", -1)
                .bool("ignore-daemonsets", false)
                .string("pod-selector", "")
                .integer("skip-wait-for-delete-timeout", 0)
                .duration("timeout", "0s");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        checkPodSelector(call.flags().text("pod-selector"));
        nodes = Nodes.of(call, call.flags().number("chunk-size"));
        nodes.cordon(true);
        List<String> fatal = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        for (Info node : nodes.infos()) {
            try {
                empty(node.name());
                nodes.print(node, "drained");
            } catch (ApiError | CliError | Failures e) {
                call.err()
                        .println("error: unable to drain node " + Go.quote(node.name()) + " due to error: "
                                + e.getMessage() + ", continuing command...");
                fatal.add(e instanceof ApiError api ? Errors.message(api) : e.getMessage());
                pending.add(node.name());
            }
        }
        if (fatal.isEmpty()) {
            return 0;
        }
        call.err().println("There are pending nodes to be drained:");
        pending.forEach(name -> call.err().println(" " + name));
        throw CliError.plain(String.join("\n", fatal));
    }

    private static void checkPodSelector(String selector) {
        try {
            LabelSelector.parse(selector);
        } catch (ParseError e) {
            throw new CliError("--pod-selector=<pod_selector> must be a valid label selector");
        }
    }

    private void empty(String node) {
        PodsOnNode found = PodsOnNode.of(call, node);
        refuse(found);
        if (!found.warnings().isEmpty()) {
            call.err().println("Warning: " + found.warnings());
        }
        if (nodes.dryRun().client()) {
            for (Obj pod : found.removable()) {
                call.out().println("evicting pod " + pod.namespace() + "/" + pod.name() + " (dry run)");
            }
            return;
        }
        try {
            new Removal(call, nodes.dryRun()).remove(found.removable());
        } catch (ApiError | CliError | Failures e) {
            left(node, e);
            throw e;
        }
    }

    private static void refuse(PodsOnNode found) {
        List<CliError> refusals = found.refusals().stream().map(CliError::new).toList();
        Failures.throwAll(refusals);
    }

    private void left(String node, RuntimeException e) {
        List<Obj> pods = PodsOnNode.of(call, node).removable();
        if (!pods.isEmpty()) {
            call.err()
                    .println("There are pending pods in node " + Go.quote(node) + " when an error occurred: "
                            + e.getMessage());
            pods.forEach(pod -> call.err().println("pod/" + pod.name()));
        }
    }
}
