package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.KubeConfigFiles;
import java.nio.file.Path;

/** {@code kubectl config rename-context}. */
public final class RenameContext extends ConfigCommand {
    @Override
    int work() {
        if (call.arguments().size() != 2) {
            throw unexpected();
        }
        String name = call.arguments().get(0);
        String fresh = call.arguments().get(1);
        if (fresh.isEmpty()) {
            throw new CliError("You must specify a new non-empty context name");
        }
        Path file = files.fileOf("contexts", name);
        if (KubeConfigFiles.entry(files.content(file), "contexts", name) == null) {
            throw new CliError("cannot rename the context " + Go.quote(name) + ", it's not in " + file);
        }
        if (KubeConfigFiles.entry(files.merged(), "contexts", fresh) != null) {
            throw new CliError("cannot rename the context " + Go.quote(name) + ", the context " + Go.quote(fresh)
                    + " already exists in " + file);
        }
        KubeConfigFiles.entry(files.content(file), "contexts", name).set("name", fresh);
        if (files.merged().text("current-context").equals(name)) {
            Path current = files.fileOfCurrentContext();
            files.content(current).set("current-context", fresh);
            if (!current.equals(file)) {
                files.save(current);
            }
        }
        files.save(file);
        call.out().println("Context " + Go.quote(name) + " renamed to " + Go.quote(fresh) + ".");
        return 0;
    }
}
