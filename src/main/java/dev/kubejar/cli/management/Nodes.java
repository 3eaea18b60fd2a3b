package dev.kubejar.cli.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.print.NamePrinter;
import java.util.List;

/** The nodes that cordon, uncordon and drain are about, and closing and opening them. */
final class Nodes {
    private final Invocation call;
    private final DryRun dryRun;
    private final List<Info> infos;

    private Nodes(Invocation call, DryRun dryRun, List<Info> infos) {
        this.call = call;
        this.dryRun = dryRun;
        this.infos = infos;
    }

    static void declare(Flags flags) {
        flags.string("selector", 'l', "");
        DryRun.declare(flags);
    }

    /** The nodes that the arguments or the selector name. */
    static Nodes of(Invocation call, long chunk) {
        String selector = call.flags().text("selector");
        if (call.arguments().isEmpty() && !call.flags().changed("selector")) {
            throw call.usage("USAGE: " + call.path() + " NODE [flags]");
        }
        if (!call.arguments().isEmpty() && !selector.isEmpty()) {
            throw call.usage("error: cannot specify both a node name and a --selector option");
        }
        DryRun dryRun = DryRun.of(call.flags());
        ResourceBuilder builder = new ResourceBuilder(call)
                .namespace(call.namespace(), false)
                .chunk(chunk)
                .names("nodes", call.arguments())
                .singleType()
                .flatten();
        if (!selector.isEmpty()) {
            builder.labels(selector).types("nodes");
        }
        List<Info> infos = builder.build().infos();
        for (Info info : infos) {
            if (!info.resource().resource().equals(Resources.NODES)) {
                throw new CliError("expected resource of type node, got "
                        + Go.quote(info.resource().resource().toString()));
            }
        }
        return new Nodes(call, dryRun, infos);
    }

    List<Info> infos() {
        return infos;
    }

    DryRun dryRun() {
        return dryRun;
    }

    /** Closes the nodes to new pods, or opens them; a failure is told and the next node comes. */
    void cordon(boolean desired) {
        for (Info info : infos) {
            if (info.object().bool("spec.unschedulable") == desired) {
                print(info, desired ? "already cordoned" : "already uncordoned");
            } else if (dryRun.client() || patched(info, desired)) {
                print(info, desired ? "cordoned" : "uncordoned");
            }
        }
    }

    private boolean patched(Info info, boolean desired) {
        ObjectNode patch = Json.object();
        ObjectNode spec = patch.putObject("spec");
        if (desired) {
            spec.put("unschedulable", true);
        } else {
            spec.putNull("unschedulable");
        }
        try {
            Request request = Request.patch(Resources.NODES, "", info.name(), Request.PatchType.STRATEGIC, patch);
            call.call(request.dryRun(dryRun.server()));
            return true;
        } catch (ApiError e) {
            String doing = desired ? "cordon" : "uncordon";
            call.err().println("error: unable to " + doing + " node " + Go.quote(info.name()) + ": " + e.getMessage());
            return false;
        }
    }

    void print(Info info, String operation) {
        new NamePrinter(dryRun.done(operation)).print(info.object(), call.out());
    }
}
