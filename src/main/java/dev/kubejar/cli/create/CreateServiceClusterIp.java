package dev.kubejar.cli.create;

import dev.kubejar.cli.Flags;

/** {@code kubectl create service clusterip}. */
public final class CreateServiceClusterIp extends ServiceGenerator {
    @Override
    void declare(Flags flags) {
        flags.slice("tcp").string("clusterip", "");
    }

    @Override
    String type() {
        return "ClusterIP";
    }
}
