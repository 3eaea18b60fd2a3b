package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.Session;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kubectl apply}. */
public final class Apply implements Command {
    private Invocation call;
    private Flags flags;
    private DryRun dryRun;
    private final List<Obj> listed = new ArrayList<>();

    @Override
    public void flags(Flags declared) {
        FileOptions.declare(declared);
        Deletion.declare(declared);
        PrintFlags.declare(declared);
        Changing.declareValidate(declared);
        DryRun.declare(declared);
        Pruning.declare(declared);
        declared.bool("server-side", false)
                .bool("force-conflicts", false)
                .string("field-manager", "kubectl-client-side-apply")
                .string("selector", 'l', "")
                .bool("overwrite", true)
                .bool("openapi-patch", true)
                .string("subresource", "");
    }

    @Override
    public void flags(Flags declared, Session session) {
        flags(declared);
        if (session.environment("KUBECTL_APPLYSET").equalsIgnoreCase("true")) {
            declared.string("applyset", "");
        }
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        if (!call.arguments().isEmpty()) {
            throw call.usage("Unexpected args: " + call.arguments());
        }
        dryRun = DryRun.of(flags);
        FileOptions files = FileOptions.of(flags);
        files.requireOne();
        String validation = Changing.validation(flags);
        String reference = flags.has("applyset") ? flags.text("applyset") : "";
        ApplySet set = reference.isEmpty() ? null : ApplySet.of(call, dryRun, reference);
        Pruning pruning = flags.on("prune") ? Pruning.of(call, dryRun) : null;
        validate(set);
        List<RuntimeException> failures = new ArrayList<>();
        List<Info> infos = new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(files)
                .labels(flags.text("selector"))
                .validate(!validation.equals("Ignore"))
                .flatten()
                .build()
                .infos(failures);
        if (infos.isEmpty() && failures.isEmpty()) {
            throw new CliError("no objects passed to apply");
        }
        if (set != null) {
            Failures.throwAll(failures);
            set.begin(infos);
        }
        for (Info info : infos) {
            try {
                one(info);
                if (set != null) {
                    set.visited(info);
                } else if (pruning != null) {
                    pruning.visited(info);
                }
            } catch (ApiError | CliError | Failures e) {
                failures.add(e);
            }
        }
        Failures.throwAll(failures);
        printAll();
        if (set != null) {
            set.prune(this::print);
        } else if (pruning != null) {
            pruning.run(this::print);
        }
        return 0;
    }

    private void validate(ApplySet set) {
        boolean server = flags.on("server-side");
        boolean force = flags.on("force");
        if (flags.on("force-conflicts") && !server) {
            throw new CliError("--force-conflicts only works with --server-side");
        }
        if (dryRun.client() && server) {
            throw new CliError(
                    "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
        }
        if (force && server) {
            throw new CliError("--force cannot be used with --server-side");
        }
        if (force && dryRun.server()) {
            throw new CliError("--dry-run=server cannot be used with --force");
        }
        if (flags.on("all") && !flags.text("selector").isEmpty()) {
            throw new CliError("cannot set --all and --selector at the same time");
        }
        if (set != null) {
            if (!flags.on("prune")) {
                throw new CliError("--applyset requires --prune");
            }
            set.validate();
        }
        if (flags.on("prune")) {
            validatePruning(set != null);
        }
        if (!flags.text("subresource").isEmpty() && !server) {
            throw new CliError("--subresource can only be specified for --server-side");
        }
    }

    private void validatePruning(boolean set) {
        if (flags.on("force")) {
            throw new CliError("--force cannot be used with --prune");
        }
        if (set) {
            for (String flag : List.of("all", "selector", "prune-allowlist")) {
                if (flags.changed(flag) && !flags.text(flag).equals("false")) {
                    throw new CliError("--" + flag + " is incompatible with --applyset");
                }
            }
            return;
        }
        if (!flags.on("all") && flags.text("selector").isEmpty()) {
            throw new CliError("all resources selected for prune without explicitly passing --all. To prune all"
                    + " resources, pass the --all flag. If you did not mean to prune all resources, specify a label"
                    + " selector");
        }
        if (flags.on("server-side")) {
            throw new CliError(
                    "--prune is in alpha and doesn't currently work on objects created by server-side apply");
        }
    }

    private void one(Info info) {
        String generated = info.object().text("metadata.generateName");
        if (info.name().isEmpty() && !generated.isEmpty()) {
            throw new CliError("from " + generated + ": cannot use generate name with apply");
        }
        if (flags.on("server-side")) {
            serverSide(info);
            return;
        }
        Obj wanted = info.object();
        JsonNode modified = modified(wanted);
        try {
            info.get(call);
        } catch (ApiError | CliError e) {
            if (!(e instanceof ApiError api) || !api.is("NotFound")) {
                throw Errors.during(
                        "retrieving current configuration of:\n" + info.description() + "\nfrom server for:",
                        info.source(),
                        e);
            }
            create(info, wanted);
            return;
        }
        patch(info, modified);
    }

    /** The manifest with its own text in the annotation. */
    private static JsonNode modified(Obj wanted) {
        Obj copy = wanted.copy();
        copy.setAnnotation(Changing.LAST_APPLIED, Changing.configuration(wanted, false));
        return copy.node();
    }

    private void create(Info info, Obj wanted) {
        Obj made = wanted.copy();
        made.setAnnotation(Changing.LAST_APPLIED, Changing.configuration(wanted, false));
        withoutNulls(made.node());
        if (dryRun.client()) {
            info.refresh(made);
        } else {
            made.remove("metadata.resourceVersion");
            try {
                info.refresh(call.call(Changing.options(
                                Request.create(info.ref().resource(), info.namespace(), made), flags, dryRun))
                        .object());
            } catch (ApiError e) {
                throw Errors.during("creating", info.source(), e);
            }
        }
        done(info.object(), "created");
    }

    private static void withoutNulls(ObjectNode node) {
        List<String> nulls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isNull()) {
                nulls.add(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner) {
                withoutNulls(inner);
            } else if (field.getValue().isArray()) {
                field.getValue().forEach(item -> {
                    if (item instanceof ObjectNode object) {
                        withoutNulls(object);
                    }
                });
            }
        }
        node.remove(nulls);
    }

    private void patch(Info info, JsonNode modified) {
        if (info.object().annotation(Changing.LAST_APPLIED).isEmpty()) {
            call.err()
                    .println("Warning: resource " + info.objectName() + " is missing the " + Changing.LAST_APPLIED
                            + " annotation which is required by kubectl apply. kubectl apply should only be used on resources"
                            + " created declaratively by either kubectl create --save-config or kubectl apply. The missing"
                            + " annotation will be patched automatically.");
        }
        Patcher patcher = new Patcher(call, info, dryRun);
        try {
            info.refresh(patcher.apply(modified));
        } catch (ApiError | CliError e) {
            throw Errors.during(
                    "applying patch:\n" + patcher.text() + "\nto:\n" + info.description() + "\nfor:", info.source(), e);
        }
        warnIfDeleting(info.object());
        done(info.object(), patcher.text().equals("{}") ? "unchanged" : "configured");
    }

    private void warnIfDeleting(Obj object) {
        if (object.deleting()) {
            call.err()
                    .println("Warning: Detected changes to resource " + object.name()
                            + " which is currently being deleted.");
        }
    }

    private void serverSide(Info info) {
        Request request = Changing.options(
                        Request.patch(
                                info.ref().resource(),
                                info.namespace(),
                                info.name(),
                                Request.PatchType.APPLY,
                                info.object().node()),
                        flags,
                        dryRun)
                .fieldManager(manager())
                .force(flags.on("force-conflicts"))
                .subresource(flags.text("subresource"));
        try {
            info.refresh(call.call(request).object());
        } catch (ApiError e) {
            throw e.is("Conflict") ? conflict(e) : e;
        }
        ManagerMigration migration = new ManagerMigration(call, dryRun, manager());
        if (migration.run(info)) {
            try {
                info.refresh(call.call(request).object());
            } catch (ApiError e) {
                migration.warn("failed to re-apply configuration after performing Server-Side Apply migration", e);
            }
        }
        warnIfDeleting(info.object());
        done(info.object(), "serverside-applied");
    }

    private String manager() {
        return flags.changed("field-manager") ? flags.text("field-manager") : "kubectl";
    }

    private static CliError conflict(ApiError e) {
        return new CliError(e.getMessage() + """

                Please review the fields above--they currently have other managers. Here
                are the ways you can resolve this warning:
                * If you intend to manage all of these fields, please re-run the apply
                  command with the `--force-conflicts` flag.
                * If you do not intend to manage all of the fields, please edit your
                  manifest to remove references to the fields that should keep their
                  current managers.
                * You may co-own fields by updating your manifest to match the existing
                  value; in this case, you'll become the manager if the other manager(s)
                  stop managing the field (remove it from their configuration).
                See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts""");
    }

    private void done(Obj object, String operation) {
        if (wholeObjects()) {
            listed.add(object);
        } else {
            print(object, operation);
        }
    }

    private void print(Obj object, String operation) {
        PrintFlags.of(call, dryRun.done(operation)).print(object, call.out());
    }

    private boolean wholeObjects() {
        String format = PrintFlags.format(flags);
        return !format.isEmpty() && !format.equals("name");
    }

    /** Objects are printed together: one alone, several as a list. */
    private void printAll() {
        if (!wholeObjects()) {
            return;
        }
        Printer printer = PrintFlags.of(call, "");
        if (listed.size() == 1) {
            printer.print(listed.get(0), call.out());
            return;
        }
        printer.print(
                Obj.create("v1", "List")
                        .set("items", listed)
                        .set("metadata", Obj.of(Json.object()).set("resourceVersion", "")),
                call.out());
    }
}
