package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;

/** {@code kubectl create role}. */
public final class CreateRole extends RoleGenerator {
    @Override
    void declare(Flags flags) {
        flags.slice("resource").array("resource-name").slice("verb");
    }

    @Override
    Obj build(String name) {
        readResources();
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        if (verbs().isEmpty()) {
            throw new CliError("at least one verb must be specified");
        }
        warnOfVerbs();
        if (flags().list("resource").isEmpty()) {
            throw new CliError("at least one resource must be specified");
        }
        checkResources();
        return object(GROUP_VERSION, "Role", name, true).set("rules", rules());
    }
}
