package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.KubeConfigFiles;
import java.nio.file.Path;

/** {@code kubectl config delete-user}. */
public final class DeleteUser extends ConfigCommand {
    @Override
    int work() {
        if (call.arguments().size() != 1) {
            throw call.usage("user to delete is required");
        }
        String name = call.arguments().get(0);
        Path file = files.fileOf("users", name);
        if (KubeConfigFiles.entry(files.content(file), "users", name) == null) {
            throw new CliError("cannot delete user " + name + ", not in " + file);
        }

        remove(files.content(file), "users", name);
        files.save(file);
        call.out().println("deleted user " + name + " from " + file);
        return 0;
    }
}
