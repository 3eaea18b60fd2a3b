package dev.kubejar.kinds.describe;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What descriptions say of roles and their bindings. */
public final class RoleParts {
    private record Rule(String group, String resource, String name, String url, List<String> verbs) {
        /** The order of rules is that of Go's text of them. */
        String order() {
            return "&PolicyRule{Verbs:[" + String.join(" ", verbs) + "],APIGroups:[" + group + "],Resources:["
                    + resource + "],ResourceNames:[" + name + "],NonResourceURLs:[" + url + "],}";
        }

        String shown() {
            int slash = resource.indexOf('/');
            String plain = slash < 0 ? resource : resource.substring(0, slash);
            String qualified = group.isEmpty() ? plain : plain + "." + group;
            return slash < 0 ? qualified : qualified + resource.substring(slash);
        }
    }

    private RoleParts() {}

    /** A Role or ClusterRole, its rules broken down by resource. */
    public static void role(Obj role, Describe out) {
        out.field("Name", role.name());
        Parts.metadata(role, out);
        out.line(0, "PolicyRule:");
        out.line(1, "Resources\tNon-Resource URLs\tResource Names\tVerbs");
        out.line(1, "---------\t-----------------\t--------------\t-----");
        for (Rule rule : rules(role)) {
            out.line(
                    1,
                    rule.shown() + "\t[" + rule.url + "]\t[" + rule.name + "]\t[" + String.join(" ", rule.verbs) + "]");
        }
    }

    private static List<Rule> rules(Obj role) {
        Map<String, Rule> simple = new LinkedHashMap<>();
        List<Rule> all = new ArrayList<>();
        for (Obj rule : role.list("rules")) {
            List<String> names = rule.texts("resourceNames");
            for (String group : rule.texts("apiGroups")) {
                for (String resource : rule.texts("resources")) {
                    for (String name : names.isEmpty() ? List.of("") : names) {
                        Rule merged = simple.computeIfAbsent(
                                group + " " + resource + " " + name,
                                key -> new Rule(group, resource, name, "", new ArrayList<>()));
                        for (String verb : rule.texts("verbs")) {
                            if (!merged.verbs.contains(verb)) {
                                merged.verbs.add(verb);
                            }
                        }
                    }
                }
            }
            for (String url : rule.texts("nonResourceURLs")) {
                rule.texts("verbs").forEach(verb -> all.add(new Rule("", "", "", url, List.of(verb))));
            }
        }
        all.addAll(simple.values());
        all.sort(java.util.Comparator.comparing(Rule::order));
        return all;
    }

    /** A RoleBinding or ClusterRoleBinding. */
    public static void binding(Obj binding, Describe out) {
        out.field("Name", binding.name());
        Parts.metadata(binding, out);
        out.line(0, "Role:");
        out.field(1, "Kind", binding.text("roleRef.kind"));
        out.field(1, "Name", binding.text("roleRef.name"));
        out.line(0, "Subjects:");
        out.line(1, "Kind\tName\tNamespace");
        out.line(1, "----\t----\t---------");
        for (Obj subject : binding.list("subjects")) {
            out.line(1, subject.text("kind") + "\t" + subject.text("name") + "\t" + subject.text("namespace"));
        }
    }
}
