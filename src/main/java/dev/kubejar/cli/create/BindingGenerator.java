package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** What {@code create rolebinding} and {@code create clusterrolebinding} share. */
abstract class BindingGenerator extends Generator {
    private static final String GROUP = "rbac.authorization.k8s.io";

    final Obj bind(Obj binding, String roleKind, String role) {
        List<Obj> subjects = subjects();
        if (!subjects.isEmpty()) {
            binding.set("subjects", subjects);
        }
        return binding.set(
                "roleRef",
                Obj.create().set("apiGroup", GROUP).set("kind", roleKind).set("name", role));
    }

    private List<Obj> subjects() {
        List<Obj> subjects = new ArrayList<>();
        flags().list("user").forEach(name -> subjects.add(subject("User", name)));
        flags().list("group").forEach(name -> subjects.add(subject("Group", name)));
        for (String account : flags().list("serviceaccount")) {
            String[] parts = account.split(":", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new CliError("serviceaccount must be <namespace>:<name>");
            }
            subjects.add(Obj.create()
                    .set("kind", "ServiceAccount")
                    .set("name", parts[1])
                    .set("namespace", parts[0]));
        }
        return subjects;
    }

    private static Obj subject(String kind, String name) {
        return Obj.create().set("kind", kind).set("apiGroup", GROUP).set("name", name);
    }
}
