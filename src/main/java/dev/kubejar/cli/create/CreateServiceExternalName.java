package dev.kubejar.cli.create;

import dev.kubejar.cli.Flags;

/** {@code kubectl create service externalname}. */
public final class CreateServiceExternalName extends ServiceGenerator {
    @Override
    void declare(Flags flags) {
        flags.slice("tcp").string("external-name", "").require("external-name");
    }

    @Override
    String type() {
        return "ExternalName";
    }
}
