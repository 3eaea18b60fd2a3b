package dev.kubejar.cli.basic;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.ResourceBuilder;

/** {@code get --watch}: prints what is there, then every change, until the cluster has come to rest or the user stops it. */
final class Following {
    private final Invocation call;
    private final ResourceBuilder builder;

    Following(Invocation call, ResourceBuilder builder) {
        this.call = call;
        this.builder = builder;
    }

    int run() {
        throw new CliError("--watch is not built yet");
    }
}
