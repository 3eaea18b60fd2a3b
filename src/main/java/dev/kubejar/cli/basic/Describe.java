package dev.kubejar.cli.basic;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Describing;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.object.ApiError;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl describe}. */
public final class Describe implements Command {
    private Invocation call;
    private Flags flags;

    @Override
    public void flags(Flags declared) {
        FileOptions.declare(declared);
        declared.bool("all-namespaces", 'A', false)
                .int64("chunk-size", 500)
                .string("selector", 'l', "")
                .bool("show-events", true);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        FileOptions files = FileOptions.of(flags);
        if (call.arguments().isEmpty() && files.isEmpty()) {
            throw new dev.kubejar.cli.CliError("You must specify the type of resource to describe. Use \"kubectl"
                    + " api-resources\" for a complete list of supported resources.");
        }
        List<RuntimeException> failures = new ArrayList<>();
        List<Info> infos =
                builder(call.arguments()).files(files).continueOnError().build().gathered(failures);
        if (failures.size() == 1
                && failures.get(0) instanceof ApiError api
                && api.is("NotFound")
                && call.arguments().size() == 2) {
            return matching(api);
        }
        boolean several = !failures.isEmpty() || infos.size() > 1;
        boolean events = flags.on("show-events") && (!several || flags.changed("show-events"));
        boolean first = true;
        for (Info info : infos) {
            try {
                String text = new Describing(call, events).text(info);
                call.out().print(first ? text : "\n\n" + text);
                first = false;
            } catch (ApiError e) {
                failures.add(e);
            }
        }
        if (infos.isEmpty() && failures.isEmpty()) {
            call.err()
                    .println(
                            flags.on("all-namespaces")
                                    ? "No resources found"
                                    : "No resources found in " + call.namespace() + " namespace.");
        }
        Failures.throwAll(failures);
        return 0;
    }

    private ResourceBuilder builder(List<String> arguments) {
        boolean everywhere = flags.on("all-namespaces");
        return new ResourceBuilder(call)
                .namespace(call.namespace(), call.namespaceGiven() && !everywhere)
                .allNamespaces(everywhere)
                .labels(flags.text("selector"))
                .chunk(flags.number("chunk-size"))
                .arguments(true, arguments)
                .flatten();
    }

    /** Everything whose name begins with what was given. */
    private int matching(ApiError original) {
        boolean found = false;
        List<Info> all =
                builder(List.of(call.arguments().get(0))).singleType().build().infos();
        for (Info info : all) {
            if (info.name().startsWith(call.arguments().get(1))) {
                found = true;
                call.out()
                        .println(new Describing(call, flags.on("show-events") && flags.changed("show-events"))
                                .text(info));
            }
        }
        if (!found) {
            throw original;
        }
        return 0;
    }
}
