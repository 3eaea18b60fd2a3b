package dev.kubejar.bootstrap;

import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The roles and bindings that an API server makes when it first starts, from {@code roles.txt} and {@code bindings.txt}. */
final class BootstrapPolicy {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String VERSION = GROUP + "/v1";

    private final Map<String, Obj> clusterRoles = new HashMap<>();

    private BootstrapPolicy() {}

    static void create(Client client) {
        new BootstrapPolicy().roles(client);
        bindings(client);
    }

    private void roles(Client client) {
        List<Obj> all = new ArrayList<>();
        for (String line : Lines.of("roles.txt")) {
            if (line.startsWith("  ")) {
                rule(all.get(all.size() - 1), line.strip().split(" "));
            } else {
                all.add(role(line));
            }
        }
        for (Obj role : all) {
            if (role.kind().equals("ClusterRole")) {
                clusterRoles.put(role.name(), role);
            }
        }
        for (Obj role : all) {
            aggregate(role);
            client.create(role.kind().equals("Role") ? Resources.ROLES : Resources.CLUSTERROLES, role);
        }
    }

    private static Obj role(String line) {
        String[] words = line.split(" ");
        Obj role = named(words[0], words[1]);
        for (int i = 2; i < words.length; i++) {
            if (words[i].equals("<=")) {
                Obj selector = Obj.create();
                label(selector.child("matchLabels"), words[++i]);
                role.set("aggregationRule.clusterRoleSelectors", List.of(selector));
            } else {
                label(role.child("metadata.labels"), words[i]);
            }
        }
        return role.set("rules", Json.array());
    }

    private static void label(Obj map, String pair) {
        int equals = pair.indexOf('=');
        map.node().put(pair.substring(0, equals), pair.substring(equals + 1));
    }

    /** An aggregated role begins with what the roles that it gathers grant; the controller keeps it so. */
    private void aggregate(Obj role) {
        if (!role.has("aggregationRule")) {
            return;
        }
        String label = role.obj("aggregationRule")
                .list("clusterRoleSelectors")
                .get(0)
                .map("matchLabels")
                .keySet()
                .iterator()
                .next();
        clusterRoles.values().stream()
                .filter(other ->
                        other.label(label).equals("true") && !other.name().equals(role.name()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(other -> {
                    aggregate(other);
                    other.list("rules").stream()
                            .filter(rule -> !role.list("rules").contains(rule))
                            .forEach(rule -> role.add("rules", rule.copy()));
                });
    }

    private static void rule(Obj role, String[] words) {
        Obj rule = Obj.create();
        if (words[1].equals("url")) {
            rule.set("nonResourceURLs", Lines.list(words[2]));
        } else {
            rule.set("apiGroups", Lines.list(words[1])).set("resources", Lines.list(words[2]));
            if (words.length > 3) {
                rule.set("resourceNames", Lines.list(words[3].substring(1)));
            }
        }
        role.add("rules", rule.set("verbs", Lines.list(words[0])));
    }

    private static void bindings(Client client) {
        for (String line : Lines.of("bindings.txt")) {
            String[] words = line.split(" ");
            Obj binding = named(words[0], words[1]);
            boolean cluster = words[0].equals("ClusterRoleBinding") || words[2].startsWith("*");
            binding.set("roleRef.apiGroup", GROUP)
                    .set("roleRef.kind", cluster ? "ClusterRole" : "Role")
                    .set("roleRef.name", words[2].replaceFirst("^\\*", ""));
            for (int i = 3; i < words.length; i++) {
                binding.add("subjects", subject(words[i]));
            }
            GroupVersionResource resource =
                    words[0].equals("RoleBinding") ? Resources.ROLEBINDINGS : Resources.CLUSTERROLEBINDINGS;
            client.create(resource, binding);
        }
    }

    private static Obj subject(String word) {
        String name = word.substring(2);
        Obj subject = Obj.create();
        if (word.startsWith("s:")) {
            int slash = name.indexOf('/');
            return subject.set("kind", "ServiceAccount")
                    .set("name", name.substring(slash + 1))
                    .set("namespace", name.substring(0, slash));
        }
        return subject.set("apiGroup", GROUP)
                .set("kind", word.startsWith("u:") ? "User" : "Group")
                .set("name", name);
    }

    private static Obj named(String kind, String name) {
        int slash = name.indexOf('/');
        Obj made = slash < 0
                ? Obj.create(VERSION, kind, "", name)
                : Obj.create(VERSION, kind, name.substring(0, slash), name.substring(slash + 1));
        return made.setAnnotation("rbac.authorization.kubernetes.io/autoupdate", "true")
                .setLabel("kubernetes.io/bootstrapping", "rbac-defaults");
    }
}
