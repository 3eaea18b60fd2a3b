package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.JsonText;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.object.Json;
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
        String output = flags.text("output");
        if (!output.equals("yaml") && !output.equals("json")) {
            throw call.usage("Unexpected -o output mode: " + output + ", the flag 'output' must be one of yaml|json");
        }
        List<String> found = new ArrayList<>();
        new ResourceBuilder(call)
                .namespace()
                .files(FileOptions.of(flags))
                .arguments(flags.on("all"), call.arguments())
                .all(flags.on("all"))
                .labels(flags.text("selector"))
                .latest()
                .flatten()
                .build()
                .visit(info -> found.add(info.object().annotation(Changing.LAST_APPLIED)));
        for (String configuration : found) {
            if (configuration.isEmpty()) {
                continue;
            }
            JsonNode tree;
            try {
                tree = Json.read(configuration);
            } catch (java.io.UncheckedIOException e) {
                throw new CliError("invalid last-applied-configuration annotation: " + e.getMessage());
            }
            call.out().print(output.equals("yaml") ? Yaml.write(tree) : JsonText.indented(tree, "  ") + "\n");
        }
        return 0;
    }
}
