package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;

/** {@code kubectl create serviceaccount}. */
public final class CreateServiceAccount extends Generator {
    @Override
    void declare(Flags flags) {}

    @Override
    Obj build(String name) {
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        return object("v1", "ServiceAccount", name, true);
    }

    @Override
    String failure() {
        return "failed to create serviceaccount:";
    }
}
