package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;

/** {@code kubectl create namespace}. */
public final class CreateNamespace extends Generator {
    @Override
    void declare(Flags flags) {}

    @Override
    Obj build(String name) {
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        return object("v1", "Namespace", name, false).set("spec", Obj.create()).set("status", Obj.create());
    }

    @Override
    String failure() {
        return null;
    }
}
