package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.KubeConfigFiles;
import java.nio.file.Path;

/** {@code kubectl config use-context}. */
public final class UseContext extends ConfigCommand {
    @Override
    int work() {
        String name = onlyArgument();
        if (name.isEmpty()) {
            throw new CliError("empty context names are not allowed");
        }
        if (KubeConfigFiles.entry(files.merged(), "contexts", name) == null) {
            throw new CliError("no context exists with the name: " + Go.quote(name));
        }
        Path file = files.fileOfCurrentContext();
        files.content(file).set("current-context", name);
        files.save(file);
        call.out().println("Switched to context " + Go.quote(name) + ".");
        return 0;
    }
}
