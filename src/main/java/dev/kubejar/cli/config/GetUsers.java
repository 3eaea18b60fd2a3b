package dev.kubejar.cli.config;

/** {@code kubectl config get-users}. */
public final class GetUsers extends ConfigCommand {
    @Override
    int work() {
        call.out().println("NAME");
        files.merged().list("users").stream()
                .map(entry -> entry.text("name"))
                .sorted()
                .forEach(name -> call.out().println(name));
        return 0;
    }
}
