package dev.kubejar.api;

import dev.kubejar.client.Identity;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nobody gives away a right that they do not have: who writes a role must hold what it allows or may {@code escalate},
 * who writes a binding must hold what its role allows or may {@code bind} it.
 */
final class RoleRights implements Strategy {
    private static final List<Obj> EVERYTHING =
            List.of(rule("apiGroups", "*", "resources", "*", "verbs", "*"), rule("nonResourceURLs", "*", "verbs", "*"));

    private final Rbac rbac;
    private final Authorizer authorizer;
    private final Reader reader;

    RoleRights(Rbac rbac, Authorizer authorizer, Reader reader) {
        this.rbac = rbac;
        this.authorizer = authorizer;
        this.reader = reader;
    }

    @Override
    public void beginCreate(Call call, Obj object) {
        check(call, object, null);
    }

    @Override
    public void beginUpdate(Call call, Obj now, Obj before) {
        if (!onlyCollected(now, before)) {
            check(call, now, before);
        }
    }

    /** Whether nothing but owners and finalizers has changed. */
    private static boolean onlyCollected(Obj now, Obj before) {
        Obj kept = now.copy();
        for (String field : List.of("ownerReferences", "finalizers", "managedFields", "resourceVersion")) {
            Trees.carry("metadata." + field, before, kept);
        }
        return Trees.same(kept.node(), before.node());
    }

    private void check(Call call, Obj object, Obj before) {
        Identity user = call.user;
        if (user.master()) {
            return;
        }
        GroupVersionResource resource = call.stored.resource();
        if (resource.resource().endsWith("roles")) {
            role(call, object, before);
            return;
        }
        String namespace = call.namespace();
        String kind = object.text("roleRef.kind");
        String name = object.text("roleRef.name");
        String plural = kind.equals("ClusterRole") ? "clusterroles" : "roles";
        if (may(user, "bind", object.text("roleRef.apiGroup"), plural, namespace, name)) {
            return;
        }
        boolean cluster = kind.equals("ClusterRole");
        if (!cluster && !kind.equals("Role")) {
            throw ApiError.internal("unsupported role reference kind: " + GoText.quoted(kind));
        }
        GroupVersionResource roles = cluster ? Resources.CLUSTERROLES : Resources.ROLES;
        Obj role = reader.find(roles, cluster ? "" : namespace, name);
        if (role == null) {
            throw ApiError.notFound(roles, name);
        }
        hold(call, object, namespace, role.list("rules"));
    }

    private void role(Call call, Obj role, Obj before) {
        GroupVersionResource resource = call.stored.resource();
        if (may(call.user, "escalate", resource.group(), resource.resource(), call.namespace(), call.request.name)) {
            return;
        }
        hold(call, role, call.namespace(), role.list("rules"));
        boolean gathers = !role.list("aggregationRule.clusterRoleSelectors").isEmpty()
                || before != null
                        && !before.list("aggregationRule.clusterRoleSelectors").isEmpty();
        if (gathers
                && !missing(call.user, "", EVERYTHING, new LinkedHashSet<>()).isEmpty()) {
            throw ApiError.forbidden(
                    resource, role.name(), "must have cluster-admin privileges to use the aggregationRule");
        }
    }

    private boolean may(Identity user, String verb, String group, String resource, String namespace, String name) {
        return authorizer
                .decide(user, new Authorizer.Question(verb, group, "*", resource, namespace, name, ""))
                .allowed();
    }

    private void hold(Call call, Obj object, String namespace, List<Obj> rules) {
        Set<String> faults = new LinkedHashSet<>();
        List<Obj> missing = missing(call.user, namespace, rules, faults);
        if (missing.isEmpty()) {
            return;
        }
        Set<String> lines = new TreeSet<>();
        compacted(missing).forEach(each -> lines.add(text(each)));
        String why = "user " + GoText.quoted(call.user.user()) + " (groups=" + quoted(call.user.groups())
                + ") is attempting to grant RBAC permissions not currently held:\n" + String.join("\n", lines);
        if (!faults.isEmpty()) {
            String all = String.join(", ", faults);
            why += "; resolution errors: [" + (faults.size() == 1 ? all : "[" + all + "]") + "]";
        }
        throw ApiError.forbidden(call.stored.resource(), object.name(), why);
    }

    /** What of the rules, taken apart to the smallest, the user has no rule for. */
    private List<Obj> missing(Identity user, String namespace, List<Obj> rules, Set<String> faults) {
        List<Obj> held = rbac.held(user, namespace, faults);
        List<Obj> missing = new ArrayList<>();
        for (Obj part : parts(rules)) {
            if (held.stream().noneMatch(each -> covers(each, part))) {
                missing.add(part);
            }
        }
        return missing;
    }

    private static List<Obj> parts(List<Obj> rules) {
        List<Obj> parts = new ArrayList<>();
        for (Obj rule : rules) {
            for (String group : rule.texts("apiGroups")) {
                for (String resource : rule.texts("resources")) {
                    for (String verb : rule.texts("verbs")) {
                        Obj part = rule("apiGroups", group, "resources", resource, "verbs", verb);
                        List<String> names = rule.texts("resourceNames");
                        if (names.isEmpty()) {
                            parts.add(part);
                        }
                        names.forEach(name -> parts.add(part.copy().setTexts("resourceNames", List.of(name))));
                    }
                }
            }
            for (String url : rule.texts("nonResourceURLs")) {
                rule.texts("verbs").forEach(verb -> parts.add(rule("nonResourceURLs", url, "verbs", verb)));
            }
        }
        return parts;
    }

    private static Obj rule(String... fields) {
        Obj rule = Obj.create();
        for (int i = 0; i < fields.length; i += 2) {
            rule.setTexts(fields[i], List.of(fields[i + 1]));
        }
        return rule;
    }

    private static boolean covers(Obj held, Obj part) {
        return all(held.texts("verbs"), part.texts("verbs"))
                && all(held.texts("apiGroups"), part.texts("apiGroups"))
                && resources(held.texts("resources"), part.texts("resources"))
                && (held.texts("resourceNames").isEmpty()
                        || !part.texts("resourceNames").isEmpty()
                                && held.texts("resourceNames").containsAll(part.texts("resourceNames")))
                && urls(held.texts("nonResourceURLs"), part.texts("nonResourceURLs"));
    }

    private static boolean all(List<String> held, List<String> wanted) {
        return held.contains("*") || held.containsAll(wanted);
    }

    private static boolean resources(List<String> held, List<String> wanted) {
        return held.contains("*")
                || wanted.stream()
                        .allMatch(each -> held.contains(each)
                                || each.contains("/") && held.contains("*" + each.substring(each.indexOf('/'))));
    }

    private static boolean urls(List<String> held, List<String> wanted) {
        return wanted.stream().allMatch(url -> held.stream().anyMatch(each -> Rbac.covers(each, url)));
    }

    /** Rules that differ in their verbs alone, made one. */
    private static List<Obj> compacted(List<Obj> parts) {
        List<Obj> compacted = new ArrayList<>();
        Map<String, Obj> simple = new LinkedHashMap<>();
        for (Obj part : parts) {
            if (part.has("nonResourceURLs")) {
                compacted.add(part);
                continue;
            }
            String key = part.copy().remove("verbs").toString();
            Obj known = simple.putIfAbsent(key, part);
            if (known != null) {
                List<String> verbs = new ArrayList<>(known.texts("verbs"));
                verbs.addAll(part.texts("verbs"));
                known.setTexts("verbs", verbs);
            }
        }
        compacted.addAll(simple.values());
        return compacted;
    }

    /** {@code {APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}}. */
    private static String text(Obj rule) {
        List<String> parts = new ArrayList<>();
        String[][] fields = {
            {"apiGroups", "APIGroups"},
            {"resources", "Resources"},
            {"nonResourceURLs", "NonResourceURLs"},
            {"resourceNames", "ResourceNames"},
            {"verbs", "Verbs"}
        };
        for (String[] field : fields) {
            if (rule.has(field[0])) {
                parts.add(field[1] + ":" + quoted(rule.texts(field[0])));
            }
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private static String quoted(List<String> words) {
        return "[" + String.join(" ", words.stream().map(GoText::quoted).toList()) + "]";
    }
}
