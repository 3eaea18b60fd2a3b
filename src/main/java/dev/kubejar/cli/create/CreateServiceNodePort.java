package dev.kubejar.cli.create;

import dev.kubejar.cli.Flags;

/** {@code kubectl create service nodeport}. */
public final class CreateServiceNodePort extends ServiceGenerator {
    @Override
    void declare(Flags flags) {
        flags.slice("tcp").integer("node-port", 0);
    }

    @Override
    String type() {
        return "NodePort";
    }
}
