package dev.kubejar.cli.other;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code kubectl plugin list}. */
public final class PluginList implements Command {
    private Invocation call;
    private int warnings;
    private final Map<String, String> seen = new HashMap<>();

    @Override
    public void flags(Flags flags) {
        flags.bool("name-only", false);
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        List<String> plugins = plugins();
        List<String> faults = new ArrayList<>();
        if (plugins.isEmpty()) {
            faults.add("error: unable to find any kubectl plugins in your PATH");
        } else {
            call.out().println("The following compatible plugins are available:\n");
        }
        for (String plugin : plugins) {
            String name = plugin.substring(plugin.lastIndexOf('/') + 1);
            call.out().println(call.flags().on("name-only") ? name : plugin);
            verify(plugin, name);
        }
        if (warnings == 1) {
            faults.add("error: one plugin warning was found");
        } else if (warnings > 1) {
            faults.add("error: " + warnings + " plugin warnings were found");
        }
        if (!faults.isEmpty()) {
            throw new CliError(String.join("\n", faults));
        }
        return 0;
    }

    private List<String> plugins() {
        List<String> found = new ArrayList<>();
        for (String folder :
                new LinkedHashSet<>(List.of(call.session().environment("PATH").split(":")))) {
            if (folder.isBlank()) {
                continue;
            }
            try (Stream<Path> entries = Files.list(call.session().path(folder))) {
                entries.filter(entry -> entry.getFileName().toString().startsWith("kubectl-"))
                        .filter(entry -> !Files.isDirectory(entry))
                        .sorted()
                        .forEach(entry -> found.add(folder + "/" + entry.getFileName()));
            } catch (IOException e) {
                call.err()
                        .println("Unable to read directory \"" + folder + "\" from your PATH: open " + folder + ": "
                                + dev.kubejar.cli.Disk.reason(e) + ". Skipping...");
            }
        }
        return found;
    }

    private void verify(String plugin, String name) {
        if (!Files.isExecutable(call.session().path(plugin))) {
            warn("warning: " + plugin + " identified as a kubectl plugin, but it is not executable");
        }
        String first = seen.putIfAbsent(name, plugin);
        if (first != null) {
            warn("warning: " + plugin + " is overshadowed by a similarly named plugin: " + first);
        }
        String command = Plugins.overwritten(name);
        if (!command.isEmpty()) {
            warn("warning: " + name + " overwrites existing command: \"kubectl " + command + "\"");
        }
    }

    private void warn(String text) {
        call.err().println("  - " + text);
        warnings++;
    }
}
