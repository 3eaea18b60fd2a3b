package dev.kubejar.cli.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.MergeDiff;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.ResourceResult;
import dev.kubejar.client.Request;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code label} and {@code annotate} share: they change one map of an object's metadata. */
abstract class MetadataChange implements Command {
    Invocation call;
    Flags flags;
    DryRun dryRun;

    /** {@code label} or {@code annotation}. */
    abstract String what();

    /** {@code metadata.labels} or {@code metadata.annotations}. */
    abstract String path();

    /** Reads the arguments; gives the resources among them. */
    abstract List<String> parse(List<String> arguments);

    abstract boolean changesAnything();

    /** Changes the object; gives the word for what was done. */
    abstract String change(Obj object, boolean real);

    abstract String example();

    @Override
    public final void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.bool("all", false)
                .bool("all-namespaces", 'A', false)
                .string("field-manager", "kubectl-" + (what().equals("label") ? "label" : "annotate"))
                .string("field-selector", "")
                .bool("list", false)
                .bool("local", false)
                .bool("overwrite", false)
                .string("resource-version", "")
                .string("selector", 'l', "");
    }

    @Override
    public final int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        List<String> resources = parse(call.arguments());
        validate(resources);
        boolean local = flags.on("local");
        ResourceBuilder builder = new ResourceBuilder(call)
                .continueOnError()
                .local(local)
                .namespace()
                .files(FileOptions.of(flags))
                .flatten();
        if (!local) {
            builder.labels(flags.text("selector"))
                    .fields(flags.text("field-selector"))
                    .allNamespaces(flags.on("all-namespaces"))
                    .arguments(flags.on("all"), resources)
                    .latest();
        }
        ResourceResult result = builder.build();
        if (!result.singleItemImplied() && !flags.text("resource-version").isEmpty()) {
            throw new CliError("--resource-version may only be used with a single resource");
        }
        result.visit(info -> one(info, result.singleItemImplied()));
        return 0;
    }

    private void validate(List<String> resources) {
        boolean noFiles = FileOptions.of(flags).isEmpty();
        if (flags.on("list") && !flags.text("output").isEmpty()) {
            throw new CliError("--list and --output may not be specified together");
        }
        if (flags.on("all") && !flags.text("selector").isEmpty()) {
            throw new CliError("cannot set --all and --selector at the same time");
        }
        if (flags.on("all") && !flags.text("field-selector").isEmpty()) {
            throw new CliError("cannot set --all and --field-selector at the same time");
        }
        if (flags.on("local")) {
            if (dryRun.server()) {
                throw new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
            }
            if (!resources.isEmpty()) {
                throw new CliError("can only use local files by -f " + example() + ".yaml or --filename=" + example()
                        + ".json when --local=true is set");
            }
            if (noFiles) {
                throw new CliError("one or more files must be specified as -f " + example() + ".yaml or --filename="
                        + example() + ".json");
            }
        } else if (resources.isEmpty() && noFiles) {
            throw new CliError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
        }
        if (!changesAnything() && !flags.on("list")) {
            throw new CliError("at least one " + what() + " update is required");
        }
    }

    private void one(Info info, boolean single) {
        Obj before = info.object();
        Obj after = before.copy();
        boolean real = dryRun != DryRun.CLIENT && !flags.on("local") && !flags.on("list");
        String version = flags.text("resource-version");
        String done = change(after, real);
        Obj shown = after;
        if (real) {
            ObjectNode patch = MergeDiff.twoWay(before.node(), after.node());
            if (!version.isEmpty()) {
                Obj.of(patch).set("metadata.resourceVersion", version);
            }
            if (sends(done)) {
                shown = call.call(Changing.options(
                                Request.patch(
                                        info.ref().resource(),
                                        info.namespace(),
                                        info.name(),
                                        Request.PatchType.MERGE,
                                        patch),
                                flags,
                                dryRun))
                        .object();
            }
        }
        if (flags.on("list")) {
            list(info, after, single);
        } else {
            PrintFlags.of(call, dryRun.done(done)).print(shown, call.out());
        }
    }

    /** Whether what was done has to be sent to the server. */
    boolean sends(String done) {
        return true;
    }

    private void list(Info info, Obj object, boolean single) {
        String indent = "";
        if (!single) {
            indent = " ";
            call.out()
                    .println("Listing " + what() + "s for " + object.kind() + "." + object.group() + "/" + info.name()
                            + ":");
        }
        for (Map.Entry<String, String> each : new TreeMap<>(object.map(path())).entrySet()) {
            call.out().println(indent + each.getKey() + "=" + each.getValue());
        }
    }
}
