package dev.kubejar.cli.other;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.JsonText;
import dev.kubejar.cli.Versions;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;

/** {@code kubectl version}. */
public final class Version implements Command {
    @Override
    public void flags(Flags flags) {
        flags.bool("client", false).string("output", 'o', "");
    }

    @Override
    public int run(Invocation call) {
        if (!call.arguments().isEmpty()) {
            throw new CliError("extra arguments: [" + String.join(" ", call.arguments()) + "]");
        }
        String output = call.flags().text("output");
        boolean server = !call.flags().on("client");
        if (server) {
            call.config().clusterName();
        }
        Obj all = Obj.create().set("clientVersion", Versions.client()).set("kustomizeVersion", Versions.KUSTOMIZE);
        if (server) {
            all.set("serverVersion", Versions.server());
        }
        switch (output) {
            case "" -> {
                call.out().println("Client Version: " + Versions.CLIENT);
                call.out().println("Kustomize Version: " + Versions.KUSTOMIZE);
                if (server) {
                    call.out().println("Server Version: " + Versions.SERVER);
                }
            }
            case "yaml" -> call.out().println(Yaml.write(all.node()));
            case "json" -> call.out().println(JsonText.indented(all.node(), "  "));
            default -> throw new CliError("--output must be 'yaml' or 'json'");
        }
        return 0;
    }
}
