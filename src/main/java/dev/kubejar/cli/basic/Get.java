package dev.kubejar.cli.basic;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.GetPrinter;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.RawPaths;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.cli.ResourceResult;
import dev.kubejar.cli.TableGroups;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl get}. */
public final class Get implements Command {
    @Override
    public void flags(Flags flags) {
        flags.bool("all-namespaces", 'A', false)
                .int64("chunk-size", 500)
                .string("field-selector", "")
                .bool("ignore-not-found", false)
                .bool("output-watch-events", false)
                .string("raw", "")
                .string("selector", 'l', "")
                .bool("server-print", true)
                .string("subresource", "")
                .bool("watch", 'w', false)
                .bool("watch-only", false);
        FileOptions.declare(flags);
        GetPrinter.declare(flags);
    }

    @Override
    public int run(Invocation call) {
        Flags flags = call.flags();
        FileOptions files = FileOptions.of(flags);
        if (!flags.text("raw").isEmpty() && !call.arguments().isEmpty()) {
            throw new CliError("arguments may not be passed when --raw is specified");
        }
        boolean watching = flags.on("watch") || flags.on("watch-only");
        if (flags.text("raw").isEmpty()) {
            complete(call, files, watching);
        }
        validate(flags, watching);
        if (!flags.text("raw").isEmpty()) {
            call.out().print(RawPaths.get(call, flags.text("raw")));
            return 0;
        }
        if (watching) {
            return new Following(call, builder(call, files).singleType()).run();
        }
        ResourceResult result = builder(call, files)
                .chunk(flags.text("sort-by").isEmpty() ? flags.number("chunk-size") : 0)
                .continueOnError()
                .flatten()
                .build();
        if (flags.on("ignore-not-found")) {
            result.ignoreNotFound();
        }
        return GetPrinter.human(flags) ? tables(call, result) : objects(call, result);
    }

    private static void complete(Invocation call, FileOptions files, boolean watching) {
        call.namespace();
        if (watching) {
            if (!call.flags().text("sort-by").isEmpty()) {
                call.err()
                        .println(
                                call.flags().on("watch")
                                        ? "warning: --watch requested, --sort-by will be ignored for watch events received"
                                        : "warning: --watch-only requested, --sort-by will be ignored");
            }
        } else if (call.arguments().isEmpty() && files.isEmpty()) {
            call.err()
                    .println("You must specify the type of resource to get. Use \"kubectl api-resources\" for a"
                            + " complete list of supported resources.\n");
            throw call.usage("Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed"
                    + " description of that resource (e.g. kubectl explain pods).");
        }
    }

    private static void validate(Flags flags, boolean watching) {
        String output = flags.text("output");
        if (!flags.text("raw").isEmpty()) {
            if (watching || !flags.text("selector").isEmpty()) {
                throw new CliError("--raw may not be specified with other flags that filter the server request or alter"
                        + " the output");
            }
            if (!output.isEmpty()) {
                throw new CliError("--raw and --output are mutually exclusive");
            }
            if (!flags.text("raw").startsWith("/")) {
                throw new CliError(
                        "--raw must be a valid URL path: parse \"" + flags.text("raw") + "\": invalid URI for request");
            }
        }
        if (flags.on("show-labels") && !output.isEmpty() && !output.equals("wide")) {
            throw new CliError("--show-labels option cannot be used with " + output + " printer");
        }
        if (flags.on("output-watch-events") && !watching) {
            throw new CliError("--output-watch-events option can only be used with --watch or --watch-only");
        }
    }

    static ResourceBuilder builder(Invocation call, FileOptions files) {
        Flags flags = call.flags();
        boolean everywhere = flags.on("all-namespaces");
        return new ResourceBuilder(call)
                .namespace(call.namespace(), call.namespaceGiven() && !everywhere)
                .allNamespaces(everywhere)
                .files(files)
                .labels(flags.text("selector"))
                .fields(flags.text("field-selector"))
                .subresource(flags.text("subresource"))
                .latest()
                .unfetched()
                .arguments(true, call.arguments());
    }

    private static int tables(Invocation call, ResourceResult result) {
        Flags flags = call.flags();
        List<RuntimeException> failures = new ArrayList<>();
        TableGroups groups = TableGroups.fetch(call, result, failures);
        if (!flags.text("sort-by").isEmpty()) {
            groups.checkSeveral(flags.text("sort-by"));
            try {
                groups.sort(call, flags.text("sort-by"));
            } catch (CliError e) {
                groups.clear(); // kubectl drops what its sorter refuses, and the refusal with it
            }
        }
        if (!flags.on("server-print")) {
            groups.plain(call);
        }
        boolean wrote = GetPrinter.print(call, groups);
        if (!wrote && !flags.on("ignore-not-found") && failures.isEmpty()) {
            boolean one = !flags.on("all-namespaces") && groups.allNamespaced();
            call.err()
                    .println(one ? "No resources found in " + call.namespace() + " namespace." : "No resources found");
        }
        Failures.throwAll(failures);
        return 0;
    }

    private static int objects(Invocation call, ResourceResult result) {
        Flags flags = call.flags();
        List<RuntimeException> failures = new ArrayList<>();
        List<Obj> objects = new ArrayList<>();
        try {
            result.visit(info -> objects.add(object(call, info)));
        } catch (ApiError | CliError | Failures e) {
            if (result.singleItemImplied()) {
                throw e;
            }
            failures.add(e);
        }
        if (objects.isEmpty() && flags.on("ignore-not-found")) {
            Failures.throwAll(failures);
            return 0;
        }
        Printer printer = GetPrinter.of(call);
        if (!flags.text("sort-by").isEmpty()) {
            dev.kubejar.cli.Sorting.sort(objects, flags.text("sort-by"));
        }
        if (result.singleItemImplied() && objects.size() == 1) {
            printer.print(objects.get(0), call.out());
        } else {
            printer.print(list(objects), call.out());
        }
        printer.flush();
        Failures.throwAll(failures);
        return 0;
    }

    private static Obj object(Invocation call, Info info) {
        return info.object() == null ? info.get(call) : info.object();
    }

    /** Objects as one v1 List, in the order of its fields. */
    static Obj list(List<Obj> objects) {
        return Obj.create("v1", "List")
                .set("items", objects)
                .set("metadata", Obj.of(Json.object()).set("resourceVersion", ""));
    }
}
