package dev.kubejar.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Role-based access control from the stored roles and bindings; members of system:masters are never asked about. */
final class Rbac implements Authorizer {
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private final Reader reader;

    Rbac(Reader reader) {
        this.reader = reader;
    }

    @Override
    public Decision decide(Identity user, Question question) {
        String[] allowedBy = new String[1];
        Set<String> faults = new LinkedHashSet<>();
        visit(user, question.namespace(), faults, (rule, source) -> {
            if (allows(rule, question)) {
                allowedBy[0] = source;
                return false;
            }
            return true;
        });
        if (allowedBy[0] != null) {
            return Decision.yes("RBAC: allowed by " + allowedBy[0]);
        }
        if (faults.isEmpty()) {
            return Decision.NO;
        }
        String all = String.join(", ", faults);
        return new Decision(false, "RBAC: " + (faults.size() == 1 ? all : "[" + all + "]"));
    }

    /** Every rule that applies to a user; {@code faults} takes what could not be found out. */
    List<Obj> held(Identity user, String namespace, Set<String> faults) {
        List<Obj> held = new ArrayList<>();
        visit(user, namespace, faults, (rule, source) -> held.add(rule));
        return held;
    }

    @Override
    public Obj rules(Identity user, String namespace) {
        List<Obj> resources = new ArrayList<>();
        List<Obj> paths = new ArrayList<>();
        visit(user, namespace, new LinkedHashSet<>(), (rule, source) -> {
            if (!rule.texts("resources").isEmpty()) {
                resources.add(part(rule, "verbs", "apiGroups", "resources", "resourceNames"));
            }
            if (!rule.texts("nonResourceURLs").isEmpty()) {
                paths.add(part(rule, "verbs", "nonResourceURLs"));
            }
            return true;
        });
        return Obj.create()
                .set("resourceRules", resources)
                .set("nonResourceRules", paths)
                .set("incomplete", false);
    }

    private static Obj part(Obj rule, String... fields) {
        Obj part = Obj.create();
        for (String field : fields) {
            if (rule.at(field) instanceof ArrayNode list && !list.isEmpty()) {
                part.set(field, (com.fasterxml.jackson.databind.JsonNode) list.deepCopy());
            }
        }
        return part;
    }

    /** Shows every rule that applies to a user, with its source, until the visitor has seen enough. */
    private void visit(Identity user, String namespace, Set<String> faults, BiPredicate<Obj, String> visitor) {
        for (Obj binding : reader.list(Resources.CLUSTERROLEBINDINGS, "")) {
            String subject = subject(binding, user, "");
            if (subject != null
                    && !visit(binding, "", "ClusterRoleBinding \"" + binding.name() + "\"", subject, faults, visitor)) {
                return;
            }
        }
        if (namespace.isEmpty()) {
            return;
        }
        for (Obj binding : reader.list(Resources.ROLEBINDINGS, namespace)) {
            String subject = subject(binding, user, namespace);
            String source = "RoleBinding \"" + binding.name() + "/" + namespace + "\"";
            if (subject != null && !visit(binding, namespace, source, subject, faults, visitor)) {
                return;
            }
        }
    }

    private boolean visit(
            Obj binding,
            String namespace,
            String source,
            String subject,
            Set<String> faults,
            BiPredicate<Obj, String> visitor) {
        String kind = binding.text("roleRef.kind");
        String name = binding.text("roleRef.name");
        boolean cluster = kind.equals("ClusterRole");
        GroupVersionResource resource = cluster ? Resources.CLUSTERROLES : Resources.ROLES;
        Obj role = reader.find(resource, cluster ? "" : namespace, name);
        if (role == null) {
            faults.add((cluster ? "clusterrole" : "role") + ".rbac.authorization.k8s.io \"" + name + "\" not found");
            return true;
        }
        for (Obj rule : role.list("rules")) {
            if (!visitor.test(
                    rule,
                    source + " of " + kind + " \"" + name + (cluster ? "" : "/" + namespace) + "\" to " + subject)) {
                return false;
            }
        }
        return true;
    }

    /** The subject of a binding that a user is, as messages name it; null where it is none. */
    private static String subject(Obj binding, Identity user, String namespace) {
        for (Obj subject : binding.list("subjects")) {
            String name = subject.text("name");
            String kind = subject.text("kind");
            boolean applies =
                    switch (kind) {
                        case "User" -> user.user().equals(name);
                        case "Group" -> user.groups().contains(name);
                        case "ServiceAccount" ->
                            user.user().equals(SERVICE_ACCOUNT + subject.text("namespace", namespace) + ":" + name);
                        default -> false;
                    };
            if (applies) {
                String shown = kind.equals("ServiceAccount") ? name + "/" + subject.text("namespace", namespace) : name;
                return kind + " \"" + shown + "\"";
            }
        }
        return null;
    }

    private static boolean allows(Obj rule, Question question) {
        List<String> verbs = rule.texts("verbs");
        if (!verbs.contains("*") && !verbs.contains(question.verb())) {
            return false;
        }
        if (!question.path().isEmpty()) {
            return rule.texts("nonResourceURLs").stream().anyMatch(url -> covers(url, question.path()));
        }
        List<String> groups = rule.texts("apiGroups");
        List<String> names = rule.texts("resourceNames");
        return (groups.contains("*") || groups.contains(question.group()))
                && resource(rule.texts("resources"), question.resource())
                && (names.isEmpty() || names.contains(question.name()));
    }

    private static boolean resource(List<String> allowed, String resource) {
        if (allowed.contains("*") || allowed.contains(resource)) {
            return true;
        }
        int slash = resource.indexOf('/');
        return slash >= 0 && allowed.contains("*" + resource.substring(slash));
    }

    /** Whether an allowed URL, which may end in an asterisk, is or covers a path. */
    static boolean covers(String url, String path) {
        return url.equals("*")
                || url.equals(path)
                || url.endsWith("*") && path.startsWith(url.substring(0, url.length() - 1));
    }
}
