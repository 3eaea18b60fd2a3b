package dev.kubejar.cli.basic;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Lines;
import dev.kubejar.cli.RawPaths;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.ResourceResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code kubectl delete}. */
public final class Delete implements Command {
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;
    private long grace;

    @Override
    public void flags(Flags declared) {
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.bool("all", false)
                .bool("all-namespaces", 'A', false)
                .string("cascade", "background")
                .bare("background")
                .string("field-selector", "")
                .bool("force", false)
                .integer("grace-period", -1)
                .bool("ignore-not-found", false)
                .bool("interactive", 'i', false)
                .bool("now", false)
                .string("output", 'o', "")
                .string("raw", "")
                .string("selector", 'l', "")
                .duration("timeout", "0s")
                .bool("wait", true);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        String propagation = Deletion.propagation(call);
        grace = grace();
        dryRun = DryRun.of(flags);
        ResourceResult result = flags.text("raw").isEmpty() ? result() : null;
        validate();
        if (result == null) {
            call.out().print(RawPaths.delete(call, flags.text("raw")));
            return 0;
        }
        Set<String> confirmed = flags.on("interactive") ? confirmed() : null;
        if (confirmed != null && confirmed.isEmpty()) {
            return 0;
        }
        boolean ignoring = flags.on("ignore-not-found") || flags.on("all") && !flags.changed("ignore-not-found");
        if (ignoring) {
            result.ignoreNotFound();
        }
        delete(result, new Deletion(call, dryRun, grace, propagation), confirmed);
        return 0;
    }

    private long grace() {
        long given = flags.number("grace-period");
        boolean force = flags.on("force");
        if (flags.on("now")) {
            if (given != -1) {
                throw new CliError("--now and --grace-period cannot be specified together");
            }
            given = 1;
        }
        if (given == 0 && !force) {
            given = 1;
        }
        return force && given < 0 ? 0 : given;
    }

    private ResourceResult result() {
        return new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(FileOptions.of(flags))
                .labels(flags.text("selector"))
                .fields(flags.text("field-selector"))
                .all(flags.on("all"))
                .allNamespaces(flags.on("all-namespaces"))
                .arguments(false, call.arguments())
                .unfetched()
                .flatten()
                .build();
    }

    private void validate() {
        String output = flags.text("output");
        if (!output.isEmpty() && !output.equals("name")) {
            throw new CliError("unexpected -o output mode: " + output + ". We only support '-o name'");
        }
        boolean force = flags.on("force");
        if (force && grace == 0) {
            call.err()
                    .println("Warning: Immediate deletion does not wait for confirmation that the running resource has"
                            + " been terminated. The resource may continue to run on the cluster indefinitely.");
        } else if (force && grace > 0) {
            throw new CliError("--force and --grace-period greater than 0 cannot be specified together");
        }
        if (!flags.text("raw").isEmpty() && flags.on("interactive")) {
            throw new CliError("--interactive can not be used with --raw");
        }
    }

    private void delete(ResourceResult result, Deletion deletion, Set<String> confirmed) {
        int[] found = {0};
        boolean[] warned = {!call.namespaceGiven()};
        result.visit(info -> {
            if (confirmed != null && !confirmed.contains(info.ref().key())) {
                return;
            }
            found[0]++;
            if (!warned[0] && !info.namespaced()) {
                warned[0] = true;
                call.err().println("Warning: deleting cluster-scoped resources, not scoped to the provided namespace");
            }
            if (!dryRun.client()) {
                deletion.delete(info);
            }
            print(info);
        });
        if (found[0] == 0) {
            call.out().println("No resources found");
        } else if (flags.on("wait") && dryRun == DryRun.NONE) {
            deletion.await(flags.duration("timeout"));
        }
    }

    private void print(Info info) {
        String kind = info.resource().printedKind();
        if (flags.text("output").equals("name")) {
            call.out().println(kind + "/" + info.name());
            return;
        }
        String operation = (grace == 0 ? "force deleted" : "deleted")
                + (info.namespaced() ? " from " + info.namespace() + " namespace" : "");
        call.out().println(kind + " \"" + info.name() + "\" " + dryRun.done(operation));
    }

    /** Asks; empty when there is nothing or the answer is no. */
    private Set<String> confirmed() {
        ResourceResult preview = result();
        if (flags.on("ignore-not-found")) {
            preview.ignoreNotFound();
        }
        List<Info> infos = preview.infos();
        if (infos.isEmpty()) {
            call.out().println("No resources found");
            return Set.of();
        }
        call.out().println("You are about to delete the following " + infos.size() + " resource(s):");
        infos.forEach(info -> call.out().println(info.resource().printedKind() + "/" + info.name()));
        call.out().print("Do you want to continue? (y/N): ");
        call.session().flush();
        if (!Lines.read(call.session().in()).strip().equalsIgnoreCase("y")) {
            call.out().println("deletion is cancelled");
            return Set.of();
        }
        Set<String> keys = new LinkedHashSet<>();
        infos.forEach(info -> keys.add(info.ref().key()));
        return keys;
    }
}
