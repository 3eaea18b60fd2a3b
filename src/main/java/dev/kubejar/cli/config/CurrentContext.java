package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;

/** {@code kubectl config current-context}. */
public final class CurrentContext extends ConfigCommand {
    @Override
    int work() {
        String current = files.merged().text("current-context");
        if (current.isEmpty()) {
            throw new CliError("current-context is not set");
        }
        call.out().println(current);
        return 0;
    }
}
