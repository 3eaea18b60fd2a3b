package dev.kubejar.cli.config;

/** {@code kubectl config get-clusters}. */
public final class GetClusters extends ConfigCommand {
    @Override
    int work() {
        call.out().println("NAME");
        files.merged().list("clusters").stream()
                .map(entry -> entry.text("name"))
                .sorted()
                .forEach(name -> call.out().println(name));
        return 0;
    }
}
