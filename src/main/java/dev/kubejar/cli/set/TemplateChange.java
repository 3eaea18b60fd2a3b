package dev.kubejar.cli.set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.MergeDiff;
import dev.kubejar.cli.PodTemplates;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.StrategicDiff;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import java.util.ArrayList;
import java.util.List;

/** What the {@code set} commands that change pod templates share. */
abstract class TemplateChange implements Command {
    Invocation call;
    Flags flags;
    DryRun dryRun;
    final List<RuntimeException> failures = new ArrayList<>();

    @Override
    public final void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.bool("all", false).string("field-manager", "kubectl-set").bool("local", false);
        declare(declared);
    }

    abstract void declare(Flags declared);

    /** {@code image updated}, {@code env updated} …. */
    abstract String operation();

    /** Reads the arguments, and gives the resources among them. */
    abstract List<String> parse();

    /** Refuses what does not fit, collecting; {@code resources} as parsed. */
    abstract void validate(List<String> resources);

    /** Changes a pod's spec within its object; what is wrong goes to {@link #failures}. */
    abstract void change(Obj object, Obj podSpec);

    /** How the refusal of a patch begins. */
    abstract String failure();

    /** Whether the objects are looked up before the flags are checked; it decides which complaint comes first. */
    boolean objectsFirst() {
        return true;
    }

    @Override
    public final int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        Printer printer = PrintFlags.typed(call, dryRun.done(operation()));
        List<String> resources = parse();
        List<Info> infos = objectsFirst() ? infos(resources) : null;
        validate(resources);
        Failures.throwAll(failures);
        for (Info info : infos == null ? infos(resources) : infos) {
            try {
                one(info, printer);
            } catch (ApiError e) {
                failures.add(new CliError(failure() + e.getMessage()));
            } catch (CliError e) {
                failures.add(e);
            }
        }
        Failures.throwAll(failures);
        return 0;
    }

    final List<Info> infos(List<String> resources) {
        boolean local = flags.on("local");
        ResourceBuilder builder = new ResourceBuilder(call)
                .local(local)
                .continueOnError()
                .namespace()
                .files(FileOptions.of(flags))
                .flatten();
        if (!local) {
            builder.labels(flags.has("selector") ? flags.text("selector") : "")
                    .arguments(flags.on("all"), resources)
                    .latest();
        } else if (!resources.isEmpty()) {
            throw new CliError("error: you must specify resources by --filename when --local is set.\n"
                    + "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'");
        }
        return builder.build().infos();
    }

    private void one(Info info, Printer printer) {
        Obj before = info.object();
        Obj after = before.copy();
        String path = PodTemplates.podSpec(after);
        if (path == null) {
            throw new CliError("error: " + objectName(info)
                    + " the object is not a pod or does not have a pod template: " + Pods.goType(after) + "\n");
        }
        int faults = failures.size();
        change(after, after.child(path));
        if (failures.size() > faults && after.equals(before)) {
            return;
        }
        boolean local = flags.on("local") || dryRun.client();
        FieldType type = FieldSchema.forKind(before.apiVersion(), before.kind());
        ObjectNode patch = type == null
                ? MergeDiff.twoWay(before.node(), after.node())
                : StrategicDiff.twoWay(before.node(), after.node(), type);
        if (readsOnly() || patch.isEmpty() && skipsUnchanged()) {
            return;
        }
        printer.print(local ? after : patched(info, patch, type != null), call.out());
    }

    /** {@code configmaps/x}; without a server {@code configmap/x}, with the stray line end of cli-runtime for groups. */
    private static String objectName(Info info) {
        if (info.resource() != null) {
            return info.objectName();
        }
        return info.object().group().isEmpty() ? info.printedName() : info.printedName() + "\n";
    }

    /** Whether nothing is to be changed after all. */
    boolean readsOnly() {
        return false;
    }

    /** Whether an object that stays as it is is not printed either. */
    boolean skipsUnchanged() {
        return true;
    }

    private Obj patched(Info info, ObjectNode patch, boolean strategic) {
        return call.call(Changing.options(
                        Request.patch(
                                info.ref().resource(),
                                info.namespace(),
                                info.name(),
                                strategic ? Request.PatchType.STRATEGIC : Request.PatchType.MERGE,
                                patch),
                        flags,
                        dryRun))
                .object();
    }

    /** The containers of a pod's spec, changeable, init containers first where they count. */
    static List<Obj> containers(Obj podSpec, boolean init) {
        List<Obj> all = new ArrayList<>();
        if (init) {
            all.addAll(podSpec.list("initContainers"));
        }
        all.addAll(podSpec.list("containers"));
        return all;
    }
}
