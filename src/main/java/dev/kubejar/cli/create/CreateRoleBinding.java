package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;

/** {@code kubectl create rolebinding}. */
public final class CreateRoleBinding extends BindingGenerator {
    @Override
    void declare(Flags flags) {
        flags.string("clusterrole", "")
                .array("group")
                .string("role", "")
                .array("serviceaccount")
                .array("user");
    }

    @Override
    Obj build(String name) {
        String role = flags().text("role");
        String clusterRole = flags().text("clusterrole");
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        if (role.isEmpty() == clusterRole.isEmpty()) {
            throw new CliError("exactly one of clusterrole or role must be specified");
        }
        return bind(
                object(RoleGenerator.GROUP_VERSION, "RoleBinding", name, true),
                role.isEmpty() ? "ClusterRole" : "Role",
                role + clusterRole);
    }

    @Override
    String failure() {
        return "failed to create rolebinding:";
    }
}
