package dev.kubejar.cli.other;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.ApiResource;
import java.util.TreeSet;

/** {@code kubectl api-versions}. */
public final class ApiVersions implements Command {
    @Override
    public int run(Invocation call) {
        if (!call.arguments().isEmpty()) {
            throw call.usage("unexpected arguments: [" + String.join(" ", call.arguments()) + "]");
        }
        TreeSet<String> versions = new TreeSet<>();
        for (ApiResource each : call.mapper().all()) {
            versions.add(each.groupVersion());
        }
        versions.forEach(each -> call.out().println(each));
        return 0;
    }
}
