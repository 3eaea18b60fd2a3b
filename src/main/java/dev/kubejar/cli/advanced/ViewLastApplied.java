package dev.kubejar.cli.advanced;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;
import java.util.ArrayList;
import java.util.List;

/** {@code kubectl apply view-last-applied}. */
public final class ViewLastApplied implements Command {
    @Override
    public void flags(Flags flags) {
        FileOptions.declare(flags);
        flags.bool("all", false).string("output", 'o', "yaml").string("selector", 'l', "");
    }

    @Override
    public int run(Invocation call) {
        Flags flags = call.flags();
        List<String> found = new ArrayList<>();
        new ResourceBuilder(call)
                .namespace()
                .files(FileOptions.of(flags))
                .arguments(call.namespaceGiven(), call.arguments())
                .all(flags.on("all"))
                .labels(flags.text("selector"))
                .latest()
                .flatten()
                .build()
                .visit(info -> find(info, found));
        for (String text : found) {
            Obj object = Obj.parse(text);
            switch (flags.text("output")) {
                case "json" -> call.out().println(GoJson.indented(object.node(), "  "));
                case "yaml" -> call.out().print(Yaml.write(object.node()));
                default ->
                    throw call.usage("Unexpected -o output mode: " + flags.text("output")
                            + ", the flag 'output' must be one of yaml|json");
            }
        }
        return 0;
    }

    private static void find(Info info, List<String> found) {
        String text = info.object().annotation(Changing.LAST_APPLIED);
        if (!text.isEmpty()) {
            found.add(text);
        } else if (!info.source().isEmpty()) {
            throw new CliError("error when no last-applied-configuration annotation found on resource: " + info.name()
                    + "\n " + Go.quote(info.source()) + ": <nil>");
        }
    }
}
