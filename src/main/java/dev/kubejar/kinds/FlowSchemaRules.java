package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of FlowSchema. */
final class FlowSchemaRules {
    private static final int HIGHEST = 10_000;
    private static final Set<String> VERBS =
            Set.of("get", "list", "create", "update", "delete", "deletecollection", "patch", "watch", "proxy");
    private static final String EVERYTHING = "{\"nonResourceRules\":[{\"nonResourceURLs\":[\"*\"],\"verbs\":[\"*\"]}],"
            + "\"resourceRules\":[{\"apiGroups\":[\"*\"],\"clusterScope\":true,\"namespaces\":[\"*\"],"
            + "\"resources\":[\"*\"],\"verbs\":[\"*\"]}],\"subjects\":[";

    /** The schemas that must stay as they are. */
    private static final Map<String, String> FIXED = Map.of(
            "exempt",
            "{\"matchingPrecedence\":1,\"priorityLevelConfiguration\":{\"name\":\"exempt\"},\"rules\":[" + EVERYTHING
                    + "{\"group\":{\"name\":\"system:masters\"},\"kind\":\"Group\"}]}]}",
            "catch-all",
            "{\"distinguisherMethod\":{\"type\":\"ByUser\"},\"matchingPrecedence\":10000,"
                    + "\"priorityLevelConfiguration\":{\"name\":\"catch-all\"},\"rules\":[" + EVERYTHING
                    + "{\"group\":{\"name\":\"system:unauthenticated\"},\"kind\":\"Group\"},"
                    + "{\"group\":{\"name\":\"system:authenticated\"},\"kind\":\"Group\"}]}]}");

    private FlowSchemaRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        precedence(problems, spec.number("matchingPrecedence"), now.name());
        if (spec.has("distinguisherMethod")) {
            String type = spec.text("distinguisherMethod.type");
            if (!type.equals("ByNamespace") && !type.equals("ByUser")) {
                problems.notSupported(
                        "spec.distinguisherMethod.type",
                        GoStructs.of("FlowDistinguisherMethod", spec.obj("distinguisherMethod")),
                        List.of("ByNamespace", "ByUser"));
            }
        }
        String level = spec.text("priorityLevelConfiguration.name");
        if (level.isEmpty()) {
            problems.required("spec.priorityLevelConfiguration.name", "must reference a priority level");
        } else {
            Values.named(problems, "spec.priorityLevelConfiguration.name", level, Names.subdomain(level));
        }
        List<Obj> rules = spec.list("rules");
        for (int i = 0; i < rules.size(); i++) {
            rule(problems, "spec.rules[" + i + "]", rules.get(i));
        }
        String fixed = FIXED.get(now.name());
        if (fixed != null && !Values.same(Obj.parse(fixed).node(), spec.node())) {
            problems.invalid(
                    "spec",
                    GoStructs.of("FlowSchemaSpec", spec),
                    "spec of '" + now.name() + "' must equal the fixed value");
        }
        status(now, before, problems);
    }

    private static void precedence(Problems problems, long precedence, String name) {
        String path = "spec.matchingPrecedence";
        if (precedence <= 0) {
            problems.invalid(path, precedence, "must be a positive value");
        }
        if (precedence > HIGHEST) {
            problems.invalid(path, precedence, "must not be greater than " + HIGHEST);
        }
        if (precedence == 1 && !name.equals("exempt")) {
            problems.invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
        }
    }

    private static void rule(Problems problems, String path, Obj rule) {
        List<Obj> subjects = rule.list("subjects");
        if (subjects.isEmpty()) {
            problems.required(path + ".subjects", "subjects must contain at least one value");
        }
        for (int i = 0; i < subjects.size(); i++) {
            subject(problems, path + ".subjects[" + i + "]", subjects.get(i));
        }
        List<Obj> resources = rule.list("resourceRules");
        List<Obj> others = rule.list("nonResourceRules");
        if (resources.isEmpty() && others.isEmpty()) {
            problems.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (int i = 0; i < resources.size(); i++) {
            resource(problems, path + ".resourceRules[" + i + "]", resources.get(i));
        }
        for (int i = 0; i < others.size(); i++) {
            other(problems, path + ".nonResourceRules[" + i + "]", others.get(i));
        }
    }

    private static void subject(Problems problems, String path, Obj subject) {
        String field =
                switch (subject.text("kind")) {
                    case "ServiceAccount" -> "serviceAccount";
                    case "User" -> "user";
                    case "Group" -> "group";
                    default -> "";
                };
        if (field.isEmpty()) {
            problems.notSupported(path + ".kind", subject.text("kind"), List.of("Group", "ServiceAccount", "User"));
            return;
        }
        String at = path + "." + field;
        if (!subject.has(field)) {
            problems.required(at, field + " is required when subject kind is '" + subject.text("kind") + "'");
        } else if (Values.required(problems, at, subject.obj(field), "name") && field.equals("serviceAccount")) {
            String name = subject.text(field + ".name");
            if (!name.equals("*")) {
                Values.named(problems, at + ".name", name, Names.subdomain(name));
            }
        }
        if (field.equals("serviceAccount") && subject.has(field)) {
            String namespace = subject.text("serviceAccount.namespace");
            if (namespace.isEmpty()) {
                problems.required(at + ".namespace", "must specify namespace for service account");
            } else {
                Values.named(problems, at + ".namespace", namespace, Names.label(namespace));
            }
        }
        for (String each : List.of("serviceAccount", "user", "group")) {
            if (!each.equals(field) && subject.has(each)) {
                String kind = Character.toUpperCase(each.charAt(0)) + each.substring(1);
                problems.forbidden(path + "." + each, each + " is forbidden when subject kind is not '" + kind + "'");
            }
        }
    }

    private static void verbs(Problems problems, String path, List<String> verbs) {
        if (verbs.isEmpty()) {
            problems.required(path, "verbs must contain at least one value");
        } else if (verbs.contains("*")) {
            alone(problems, path, verbs, "verbs");
        } else if (!VERBS.containsAll(verbs)) {
            problems.notSupported(path, Values.array(verbs), VERBS);
        }
    }

    private static void alone(Problems problems, String path, List<String> values, String what) {
        if (values.size() > 1 && values.contains("*")) {
            problems.invalid(path, Values.array(values), "if '*' is present, must not specify other " + what);
        }
    }

    private static void resource(Problems problems, String path, Obj rule) {
        verbs(problems, path + ".verbs", rule.texts("verbs"));
        List<String> groups = rule.texts("apiGroups");
        if (groups.isEmpty()) {
            problems.required(path + ".apiGroups", "resource rules must supply at least one api group");
        }
        alone(problems, path + ".apiGroups", groups, "api groups");
        List<String> resources = rule.texts("resources");
        if (resources.isEmpty()) {
            problems.required(path + ".resources", "resource rules must supply at least one resource");
        }
        alone(problems, path + ".resources", resources, "resources");
        List<String> namespaces = rule.texts("namespaces");
        String at = path + ".namespaces";
        if (namespaces.isEmpty() && !rule.bool("clusterScope")) {
            problems.required(at, "resource rules that are not cluster scoped must supply at least one namespace");
        } else if (namespaces.contains("*")) {
            alone(problems, at, namespaces, "namespaces");
        } else {
            for (int i = 0; i < namespaces.size(); i++) {
                for (String fault : Names.label(namespaces.get(i))) {
                    problems.invalid(
                            at + "[" + i + "]",
                            namespaces.get(i),
                            "each member of this list must be '*' or a DNS-1123 label; " + fault);
                }
            }
        }
    }

    private static void other(Problems problems, String path, Obj rule) {
        verbs(problems, path + ".verbs", rule.texts("verbs"));
        String at = path + ".nonResourceURLs";
        List<String> urls = rule.texts("nonResourceURLs");
        if (urls.isEmpty()) {
            problems.required(at, "nonResourceURLs must contain at least one value");
        } else if (urls.contains("*")) {
            alone(problems, at, urls, "non-resource URLs");
        } else {
            for (int i = 0; i < urls.size(); i++) {
                String fault = url(urls.get(i));
                if (!fault.isEmpty()) {
                    problems.invalid(at + "[" + i + "]", urls.get(i), fault);
                }
            }
        }
    }

    private static String url(String path) {
        if (path.isEmpty()) {
            return "must not be empty";
        }
        if (path.equals("/")) {
            return "";
        }
        if (!path.startsWith("/")) {
            return "must start with slash";
        }
        if (path.contains(" ")) {
            return "must not contain white-space";
        }
        if (path.contains("//")) {
            return "must not contain double slash";
        }
        int star = path.indexOf('*');
        return star < 0 || star == path.length() - 1 && path.endsWith("/*")
                ? ""
                : "wildcard can only do suffix matching";
    }

    /** Conditions: each type is there, once. */
    static void status(Obj now, Obj before, Problems problems) {
        Set<String> types = new HashSet<>();
        List<Obj> conditions = now.list("status.conditions");
        for (int i = 0; i < conditions.size(); i++) {
            String path = "status.conditions[" + i + "].type";
            String type = conditions.get(i).text("type");
            if (!types.add(type)) {
                problems.duplicate(path, type);
            }
            if (type.isEmpty()) {
                problems.required(path, "");
            }
        }
    }
}
