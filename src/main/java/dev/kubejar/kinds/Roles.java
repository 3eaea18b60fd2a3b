package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.kubejar.kinds.describe.RoleParts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** Role, ClusterRole and their bindings (rbac.authorization.k8s.io/v1). */
final class Roles {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private Roles() {}

    static Kind role(String kind) {
        return KindTable.start(GROUP + "/v1", kind)
                .nameColumn()
                .column("Created At", "date", 0, (role, now) -> role.text("metadata.creationTimestamp"))
                .nameRule(Names::pathSegment)
                .defaults(role -> {
                    if (role.list("rules").isEmpty() && (!role.has("rules") || role.has("aggregationRule"))) {
                        role.set("rules", NullNode.getInstance());
                    }
                })
                .rule(RoleRules::role)
                .createOnUpdate()
                .describe((role, out, related) -> RoleParts.role(role, out))
                .build();
    }

    static Kind binding(String kind) {
        return KindTable.start(GROUP + "/v1", kind)
                .nameColumn()
                .column("Role", binding -> binding.text("roleRef.kind") + "/" + binding.text("roleRef.name"))
                .ageColumn()
                .wide("Users", binding -> subjects(binding, "User"))
                .wide("Groups", binding -> subjects(binding, "Group"))
                .wide("ServiceAccounts", binding -> subjects(binding, "ServiceAccount"))
                .nameRule(Names::pathSegment)
                .defaults(Roles::defaults)
                .rule(RoleRules::binding)
                .createOnUpdate()
                .describe((binding, out, related) -> RoleParts.binding(binding, out))
                .build();
    }

    private static String subjects(Obj binding, String kind) {
        List<String> names = new ArrayList<>();
        for (Obj subject : binding.list("subjects")) {
            if (subject.text("kind").equals(kind)) {
                String namespace = subject.text("namespace");
                boolean account = kind.equals("ServiceAccount");
                names.add(account ? namespace + "/" + subject.text("name") : subject.text("name"));
            }
        }
        return String.join(", ", names);
    }

    private static void defaults(Obj binding) {
        Obj ref = binding.child("roleRef");
        if (ref.text("apiGroup").isEmpty()) {
            ref.set("apiGroup", GROUP);
        }
        for (Obj subject : binding.list("subjects")) {
            String kind = subject.text("kind");
            if (subject.text("apiGroup").isEmpty()) {
                subject.remove("apiGroup");
                if (kind.equals("User") || kind.equals("Group")) {
                    subject.set("apiGroup", GROUP);
                }
            }
        }
    }
}
