package dev.kubejar.cli.management;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl taint}. */
public final class Taint implements Command {
    private final List<TaintSpec> adding = new ArrayList<>();
    private final List<TaintSpec> removing = new ArrayList<>();
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        DryRun.declare(declared);
        Changing.declareValidate(declared);
        declared.string("selector", 'l', "")
                .bool("overwrite", false)
                .bool("all", false)
                .string("field-manager", "kubectl-taint");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        Changing.validation(flags);
        List<String> resources = new ArrayList<>();
        List<String> taints = new ArrayList<>();
        sort(resources, taints);
        parse(taints);
        validate(resources);
        builder(resources).build().visit(this::one);
        return 0;
    }

    private void sort(List<String> resources, List<String> taints) {
        for (String arg : call.arguments()) {
            boolean taint = arg.contains("=") || arg.contains(":") || arg.endsWith("-");
            if (!taint && !taints.isEmpty()) {
                throw new CliError("all resources must be specified before taint changes: " + arg);
            }
            (taint ? taints : resources).add(arg);
        }
        if (resources.isEmpty()) {
            throw new CliError("one or more resources must be specified as <resource> <name>");
        }
        if (taints.isEmpty()) {
            throw new CliError("at least one taint update is required");
        }
    }

    private void parse(List<String> taints) {
        try {
            for (String text : taints) {
                boolean off = text.endsWith("-");
                TaintSpec spec = TaintSpec.parse(off ? text.substring(0, text.length() - 1) : text);
                if (off) {
                    removing.add(new TaintSpec(spec.key(), "", spec.effect()));
                    continue;
                }
                if (spec.effect().isEmpty()) {
                    throw TaintSpec.invalid(text, List.of());
                }
                if (adding.stream().anyMatch(each -> each.toString().equals(spec.toString()))) {
                    throw new CliError("duplicated taints with the same key and effect: {" + spec.key() + " "
                            + spec.value() + " " + spec.effect() + " <nil>}");
                }
                adding.add(spec);
            }
        } catch (CliError e) {
            throw call.usage(e.getMessage());
        }
    }

    private void validate(List<String> resources) {
        String type = resources.get(0).toLowerCase(java.util.Locale.ROOT);
        if (!call.mapper().resource(type).kind().equals("Node")) {
            throw new CliError("invalid resource type " + type + ", only node types are supported");
        }
        List<String> both = new ArrayList<>();
        for (TaintSpec add : adding) {
            for (TaintSpec remove : removing) {
                if (add.key().equals(remove.key())
                        && (remove.effect().isEmpty() || remove.effect().equals(add.effect()))) {
                    both.add(remove.key() + "=" + remove.effect());
                }
            }
        }
        if (!both.isEmpty()) {
            throw new CliError("can not both modify and remove the following taint(s) in the same command: "
                    + String.join(", ", both));
        }
        boolean selected = !flags.text("selector").isEmpty();
        if (flags.on("all") && selected) {
            throw new CliError("setting 'all' parameter with a non empty selector is prohibited");
        }
        if (!flags.on("all") && !selected && resources.size() < 2) {
            throw new CliError("at least one resource name must be specified since 'all' parameter is not set");
        }
    }

    private ResourceBuilder builder(List<String> resources) {
        ResourceBuilder builder = new ResourceBuilder(call)
                .continueOnError()
                .namespace(call.namespace(), false)
                .flatten()
                .latest();
        if (!flags.text("selector").isEmpty()) {
            return builder.labels(flags.text("selector")).types("node");
        }
        if (flags.on("all")) {
            return builder.all(true).types("node");
        }
        return builder.names("node", resources.subList(1, resources.size()));
    }

    private void one(Info info) {
        Obj node = info.object();
        List<Obj> old = node.list("spec.taints");
        refuseExisting(node, old);
        List<Obj> taints = new ArrayList<>();
        adding.forEach(each -> taints.add(each.toObj()));
        for (Obj each : old) {
            if (adding.stream().noneMatch(spec -> spec.matches(each))) {
                taints.add(each.copy());
            }
        }
        boolean added = taints.size() != old.size();
        boolean removed = remove(taints);
        String operation = added && removed || flags.on("overwrite") ? "modified" : added ? "tainted" : "untainted";
        Obj result = dryRun.client() ? changed(node, taints) : patched(node, taints);
        PrintFlags.of(call, dryRun.done(operation)).print(result, call.out());
    }

    private void refuseExisting(Obj node, List<Obj> old) {
        if (flags.on("overwrite")) {
            return;
        }
        List<String> existing = new ArrayList<>();
        for (TaintSpec spec : adding) {
            if (old.stream().anyMatch(spec::matches)) {
                existing.add(spec.key());
            }
        }
        if (!existing.isEmpty()) {
            throw new CliError("node " + node.name() + " already has " + String.join(",", existing)
                    + " taint(s) with same effect(s) and --overwrite is false");
        }
    }

    private boolean remove(List<Obj> taints) {
        List<CliError> missing = new ArrayList<>();
        boolean removed = false;
        for (TaintSpec spec : removing) {
            removed = taints.removeIf(spec::matches);
            if (!removed) {
                missing.add(new CliError("taint " + Go.quote(spec.toString()) + " not found"));
            }
        }
        Failures.throwAll(missing);
        return removed;
    }

    private static Obj changed(Obj node, List<Obj> taints) {
        Obj copy = node.copy();
        return taints.isEmpty() ? copy.remove("spec.taints") : copy.set("spec.taints", taints);
    }

    private Obj patched(Obj node, List<Obj> taints) {
        ObjectNode patch = Json.object();
        ArrayNode list = Json.array();
        taints.forEach(each -> list.add(each.node()));
        if (taints.isEmpty()) {
            patch.putObject("spec").putNull("taints");
        } else if (!list.equals(node.at("spec.taints"))) {
            patch.putObject("spec").set("taints", list);
        }
        Request request = Request.patch(Resources.NODES, "", node.name(), Request.PatchType.STRATEGIC, patch);
        return call.call(Changing.options(request, flags, dryRun)).object();
    }
}
