package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.KubeConfigFiles;
import java.nio.file.Path;

/** {@code kubectl config delete-cluster}. */
public final class DeleteCluster extends ConfigCommand {
    @Override
    int work() {
        String name = onlyArgument();
        Path file = files.fileOf("clusters", name);
        if (KubeConfigFiles.entry(files.content(file), "clusters", name) == null) {
            throw new CliError("cannot delete cluster " + name + ", not in " + file);
        }

        remove(files.content(file), "clusters", name);
        files.save(file);
        call.out().println("deleted cluster " + name + " from " + file);
        return 0;
    }
}
