package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@code create role} and {@code create clusterrole} share: policy rules from verbs and resources. */
abstract class RoleGenerator extends Generator {
    /** A resource as it was asked for, in its parts. */
    private record Wanted(String resource, String group, String subresource) {}

    static final String GROUP_VERSION = "rbac.authorization.k8s.io/v1";
    private static final Set<String> VERBS = Set.of(
            "*",
            "get",
            "delete",
            "list",
            "create",
            "update",
            "patch",
            "watch",
            "proxy",
            "deletecollection",
            "use",
            "bind",
            "escalate",
            "impersonate");
    private static final Map<String, Set<String>> SPECIAL_VERBS = Map.of(
            "use", Set.of("podsecuritypolicies.policy", "podsecuritypolicies.extensions"),
            "bind", Set.of("roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io"),
            "escalate", Set.of("roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io"),
            "impersonate", Set.of("users.", "serviceaccounts.", "groups.", "userextras.authentication.k8s.io"));

    private final List<Wanted> wanted = new ArrayList<>();

    final List<String> verbs() {
        List<String> given = flags().list("verb");
        return given.contains("*") ? List.of("*") : List.copyOf(new LinkedHashSet<>(given));
    }

    /** Takes the resources apart; an asterisk stands for all. */
    final void readResources() {
        for (String text : flags().list("resource")) {
            int slash = text.indexOf('/');
            String whole = slash < 0 ? text : text.substring(0, slash);
            int dot = whole.indexOf('.');
            Wanted each = new Wanted(
                    dot < 0 ? whole : whole.substring(0, dot),
                    dot < 0 ? "" : whole.substring(dot + 1),
                    slash < 0 ? "" : text.substring(slash + 1));
            if (text.equals("*")) {
                wanted.clear();
                wanted.add(each);
                return;
            }
            wanted.add(each);
        }
    }

    final void warnOfVerbs() {
        verbs().stream().filter(verb -> !VERBS.contains(verb)).forEach(verb -> call().err()
                .println("Warning: '" + verb + "' is not a standard resource verb"));
    }

    final void checkResources() {
        for (Wanted each : wanted) {
            if (each.resource.isEmpty()) {
                throw new CliError("resource must be specified if apiGroup/subresource specified");
            }
            if (each.resource.equals("*")) {
                return;
            }
            ApiResource known = known(each);
            String resource = known == null ? each.resource : known.name();
            String group = known == null ? each.group : known.group();
            boolean special = false;
            for (String verb : verbs()) {
                Set<String> fitting = SPECIAL_VERBS.get(verb);
                if (fitting != null && !fitting.contains(resource + "." + group)) {
                    throw new CliError("can not perform '" + verb + "' on '" + resource + "' in group '" + group + "'");
                }
                special |= fitting != null;
            }
            if (known == null && !special) {
                throw CliError.plain("the server doesn't have a resource type \"" + each.resource + "\""
                        + (each.group.isEmpty() ? "" : " in group \"" + each.group + "\""));
            }
        }
    }

    private ApiResource known(Wanted each) {
        try {
            return call().mapper().resource(each.group.isEmpty() ? each.resource : each.resource + "." + each.group);
        } catch (CliError e) {
            return null;
        }
    }

    /** The rules: one a group, in the groups' order. */
    final List<Obj> rules() {
        Map<String, LinkedHashSet<String>> byGroup = new TreeMap<>();
        for (Wanted each : wanted) {
            ApiResource known = known(each);
            String resource = known == null ? each.resource : known.name();
            String group = known == null ? each.group : known.group();
            byGroup.computeIfAbsent(group, key -> new LinkedHashSet<>())
                    .add(each.subresource.isEmpty() ? resource : resource + "/" + each.subresource);
        }
        List<String> names = List.copyOf(new LinkedHashSet<>(flags().list("resource-name")));
        List<Obj> rules = new ArrayList<>();
        byGroup.forEach((group, resources) -> {
            Obj rule = Obj.create().setTexts("verbs", verbs()).setTexts("apiGroups", List.of(group));
            rule.setTexts("resources", resources);
            rules.add(names.isEmpty() ? rule : rule.setTexts("resourceNames", names));
        });
        return rules;
    }

    @Override
    final String failure() {
        return null;
    }
}
