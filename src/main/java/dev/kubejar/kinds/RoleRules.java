package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of roles and their bindings. */
final class RoleRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private RoleRules() {}

    static void role(Obj now, Obj before, Problems problems) {
        boolean namespaced = now.kind().equals("Role");
        List<Obj> rules = now.list("rules");
        for (int i = 0; i < rules.size(); i++) {
            rule(problems, "rules[" + i + "]", rules.get(i), namespaced);
        }
        if (!namespaced && now.has("aggregationRule")) {
            String path = "aggregationRule.clusterRoleSelectors";
            List<Obj> selectors = now.list(path);
            if (selectors.isEmpty()) {
                problems.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
            }
            for (int i = 0; i < selectors.size(); i++) {
                String at = path + "[" + i + "]";
                Selectors.check(problems, at, selectors.get(i));
                if (!WorkloadRules.wellFormed(selectors.get(i))) {
                    problems.invalid(at, null, "invalid label selector.");
                }
            }
        }
    }

    private static void rule(Problems problems, String path, Obj rule, boolean namespaced) {
        if (rule.texts("verbs").isEmpty()) {
            problems.required(path + ".verbs", "verbs must contain at least one value");
        }
        boolean groups = !rule.texts("apiGroups").isEmpty();
        boolean resources = !rule.texts("resources").isEmpty();
        if (!rule.texts("nonResourceURLs").isEmpty()) {
            String urls = path + ".nonResourceURLs";
            if (namespaced) {
                problems.invalid(
                        urls, rule.at("nonResourceURLs"), "namespaced rules cannot apply to non-resource URLs");
            }
            if (groups || resources || !rule.texts("resourceNames").isEmpty()) {
                problems.invalid(
                        urls,
                        rule.at("nonResourceURLs"),
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (!groups) {
            problems.required(path + ".apiGroups", "resource rules must supply at least one api group");
        }
        if (!resources) {
            problems.required(path + ".resources", "resource rules must supply at least one resource");
        }
    }

    static void binding(Obj now, Obj before, Problems problems) {
        boolean namespaced = now.kind().equals("RoleBinding");
        Obj ref = now.obj("roleRef");
        Values.supported(problems, "roleRef.apiGroup", ref.text("apiGroup"), GROUP);
        if (namespaced) {
            Values.supported(problems, "roleRef.kind", ref.text("kind"), "Role", "ClusterRole");
        } else {
            Values.supported(problems, "roleRef.kind", ref.text("kind"), "ClusterRole");
        }
        if (Values.required(problems, "roleRef", ref, "name")) {
            Values.named(problems, "roleRef.name", ref.text("name"), Names.pathSegment(ref.text("name")));
        }
        List<Obj> subjects = now.list("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            subject(problems, "subjects[" + i + "]", subjects.get(i), namespaced);
        }
        if (before != null && !Values.same(ref.node(), before.at("roleRef"))) {
            problems.invalid("roleRef", GoStructs.of("RoleRef", ref), "cannot change roleRef");
        }
    }

    private static void subject(Problems problems, String path, Obj subject, boolean namespaced) {
        String name = subject.text("name");
        Values.required(problems, path, subject, "name");
        String group = subject.text("apiGroup");
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    Values.named(problems, path + ".name", name, Names.subdomain(name));
                }
                Values.supported(problems, path + ".apiGroup", group, "");
                if (!namespaced) {
                    Values.required(problems, path, subject, "namespace");
                }
            }
            case "User", "Group" -> Values.supported(problems, path + ".apiGroup", group, GROUP);
            default ->
                problems.notSupported(path + ".kind", subject.text("kind"), List.of("ServiceAccount", "User", "Group"));
        }
    }
}
