package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.KubeConfigFiles;
import java.nio.file.Path;

/** {@code kubectl config delete-context}. */
public final class DeleteContext extends ConfigCommand {
    @Override
    int work() {
        String name = onlyArgument();
        Path file = files.fileOf("contexts", name);
        if (KubeConfigFiles.entry(files.content(file), "contexts", name) == null) {
            throw new CliError("cannot delete context " + name + ", not in " + file);
        }
        if (files.merged().text("current-context").equals(name)) {
            call.err()
                    .println("warning: this removed your active context, use \"kubectl config use-context\" to select a"
                            + " different one");
        }
        remove(files.content(file), "contexts", name);
        files.save(file);
        call.out().println("deleted context " + name + " from " + file);
        return 0;
    }
}
