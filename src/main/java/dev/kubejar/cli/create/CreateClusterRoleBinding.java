package dev.kubejar.cli.create;

import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;

/** {@code kubectl create clusterrolebinding}. */
public final class CreateClusterRoleBinding extends BindingGenerator {
    @Override
    void declare(Flags flags) {
        flags.string("clusterrole", "")
                .array("group")
                .array("serviceaccount")
                .array("user")
                .require("clusterrole");
    }

    @Override
    Obj build(String name) {
        return bind(
                object(RoleGenerator.GROUP_VERSION, "ClusterRoleBinding", name, false),
                "ClusterRole",
                flags().text("clusterrole"));
    }

    @Override
    String failure() {
        return "failed to create clusterrolebinding:";
    }
}
