package dev.kubejar.kinds.policy;

import dev.kubejar.kinds.rules.AdmissionMatches;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which requests a policy or a binding is for, and where its parameters come from. */
final class MatchRules {
    private static final List<String> MUTABLE = List.of("*", "CONNECT", "CREATE", "UPDATE");

    private MatchRules() {}

    /** {@code matchConstraints} or {@code matchResources}, where they are there. */
    static void check(Obj match, String path, Problems problems) {
        if (match.text("matchPolicy").isEmpty() && !match.has("matchPolicy")) {
            problems.required(path + ".matchPolicy", "");
        } else {
            Values.supported(problems, path + ".matchPolicy", match.text("matchPolicy"), "Equivalent", "Exact");
        }
        selector(match, path, "namespaceSelector", problems);
        selector(match, path, "objectSelector", problems);
        for (String list : List.of("resourceRules", "excludeResourceRules")) {
            List<Obj> rules = match.list(list);
            for (int i = 0; i < rules.size(); i++) {
                rule(rules.get(i), path + "." + list + "[" + i + "]", problems);
            }
        }
    }

    private static void selector(Obj match, String path, String field, Problems problems) {
        if (match.has(field)) {
            Selectors.check(problems, path + "." + field, match.obj(field));
        } else {
            problems.required(path + "." + field, "");
        }
    }

    private static void rule(Obj rule, String path, Problems problems) {
        Set<String> seen = new HashSet<>();
        List<String> names = rule.texts("resourceNames");
        for (int i = 0; i < names.size(); i++) {
            String at = path + ".resourceNames[" + i + "]";
            Values.named(problems, at, names.get(i), Names.pathSegment(names.get(i)));
            if (!seen.add(names.get(i))) {
                problems.duplicate(at, names.get(i));
            }
        }
        AdmissionMatches.rule(problems, path, rule);
    }

    /** A mutation has nothing to change in a deletion. */
    static void mutable(Obj match, String path, Problems problems) {
        for (Obj rule : match.list("resourceRules")) {
            for (String operation : rule.texts("operations")) {
                if (!MUTABLE.contains(operation)) {
                    problems.notSupported(path + ".resourceRules.operations", operation, MUTABLE);
                }
            }
        }
    }

    /** The kind that parameters are of. */
    static void paramKind(Obj kind, String path, Problems problems) {
        version(kind.text("apiVersion"), path + ".apiVersion", problems);
        String name = kind.text("kind");
        if (name.isEmpty()) {
            problems.required(path + ".kind", "");
        } else {
            List<String> faults = Names.label1035(name.toLowerCase(Locale.ROOT));
            if (!faults.isEmpty()) {
                problems.invalid(
                        path + ".kind",
                        name,
                        "may have mixed case, but should otherwise match: " + String.join(",", faults));
            }
        }
    }

    private static void version(String text, String path, Problems problems) {
        if (text.isEmpty()) {
            problems.required(path, "");
            return;
        }
        int slash = text.indexOf('/');
        if (slash >= 0 && text.indexOf('/', slash + 1) >= 0) {
            problems.invalid(path, text, "unexpected GroupVersion string: " + text);
            return;
        }
        String group = text.equals("/") || slash < 0 ? "" : text.substring(0, slash);
        String version = text.equals("/") ? "" : text.substring(slash + 1);
        List<String> faults = group.isEmpty() ? List.of() : Names.subdomain(group);
        if (!faults.isEmpty()) {
            problems.invalid(path, group, String.join(",", faults));
        }
        if (version.isEmpty()) {
            problems.invalid(path, text, "version must be specified");
        } else if (!Names.label1035(version).isEmpty()) {
            problems.invalid(path, version, String.join(",", Names.label1035(version)));
        }
    }

    /** A binding's reference to its parameters. */
    static void paramRef(Obj ref, String path, Problems problems) {
        String name = ref.text("name");
        boolean selected = ref.has("selector");
        if (!name.isEmpty()) {
            Values.named(problems, path + ".name", name, Names.pathSegment(name));
            if (selected) {
                problems.forbidden(path + ".name", "name and selector are mutually exclusive");
            }
        }
        if (selected) {
            Selectors.check(problems, path + ".selector", ref.obj("selector"));
            if (!name.isEmpty()) {
                problems.forbidden(path + ".selector", "name and selector are mutually exclusive");
            }
        }
        if (name.isEmpty() && !selected) {
            problems.required(path, "one of name or selector must be specified");
        }
        String action = ref.text("parameterNotFoundAction");
        if (action.isEmpty()) {
            problems.required(path + ".parameterNotFoundAction", "");
        } else {
            Values.supported(problems, path + ".parameterNotFoundAction", action, "Deny", "Allow");
        }
    }
}
