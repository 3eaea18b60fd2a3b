package dev.kubejar.cli.create;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.Map;

/** A {@code create} subcommand: makes one object from flags, and creates it. */
abstract class Generator implements Command {
    private Invocation call;

    @Override
    public final void flags(Flags flags) {
        PrintFlags.declare(flags);
        DryRun.declare(flags);
        Changing.declareValidate(flags);
        flags.bool("save-config", false).string("field-manager", "kubectl-create");
        declare(flags);
    }

    /** Declares the flags of this generator's own. */
    abstract void declare(Flags flags);

    /** Makes the object; throws what is wrong with the flags. */
    abstract Obj build(String name);

    /** The words before the server's refusal; null: the refusal is handed on as it is. */
    abstract String failure();

    @Override
    public final int run(Invocation invocation) {
        call = invocation;
        String name = name();
        DryRun dryRun = DryRun.of(call.flags());
        Printer printer = PrintFlags.typed(call, dryRun.done("created"));
        Changing.validation(call.flags());
        Obj object = build(name);
        Changing.annotate(object, call.flags().on("save-config"), true);
        printer.print(dryRun.client() ? object : create(object, dryRun), call.out());
        return 0;
    }

    private String name() {
        int given = call.dash() < 0 ? call.arguments().size() : call.dash();
        if (given != 1) {
            throw call.usage("exactly one NAME is required, got " + given);
        }
        return call.arguments().get(0);
    }

    private Obj create(Obj object, DryRun dryRun) {
        ApiResource resource = call.mapper().find(object.apiVersion(), object.kind());
        String namespace = resource.namespaced() ? call.namespace() : "";
        Request request =
                Changing.options(Request.create(resource.resource(), namespace, object), call.flags(), dryRun);
        try {
            return call.call(request).object();
        } catch (ApiError e) {
            if (failure() == null) {
                throw e;
            }
            throw new CliError(failure() + " " + e.getMessage());
        }
    }

    Invocation call() {
        return call;
    }

    Flags flags() {
        return call.flags();
    }

    /** What stands behind {@code --}, or behind the name. */
    java.util.List<String> command() {
        return call.arguments().subList(1, call.arguments().size());
    }

    /** A new object, its fields in the order of the API's structures; the namespace only where one was given. */
    Obj object(String apiVersion, String kind, String name, boolean namespaced) {
        Obj made = Obj.create().set("kind", kind).set("apiVersion", apiVersion).set("metadata.name", name);
        return namespaced && call.namespaceGiven() ? made.set("metadata.namespace", call.namespace()) : made;
    }

    /** A container, its name taken from its image. */
    static Obj container(String name, String image, java.util.List<String> command) {
        Obj container = Obj.create().set("name", name).set("image", image);
        if (!command.isEmpty()) {
            container.setTexts("command", command);
        }
        return container.set("resources", Obj.create());
    }

    static Obj labels(Map<String, String> labels) {
        Obj metadata = Obj.create();
        return metadata.set("labels", labels);
    }
}
