package dev.kubejar.cli.troubleshooting;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of roles taken apart, put together and compared, as kubectl's and component-helpers' rbac packages do. */
final class PolicyRules {
    /** One rule; a field that does not apply is empty. */
    record Rule(
            List<String> verbs, List<String> groups, List<String> resources, List<String> names, List<String> paths) {
        static Rule of(Obj rule) {
            return new Rule(
                    rule.texts("verbs"),
                    rule.texts("apiGroups"),
                    rule.texts("resources"),
                    rule.texts("resourceNames"),
                    rule.texts("nonResourceURLs"));
        }

        Obj toObj() {
            Obj rule = Obj.create();
            put(rule, "apiGroups", groups);
            put(rule, "nonResourceURLs", paths);
            put(rule, "resourceNames", names);
            put(rule, "resources", resources);
            return rule.setTexts("verbs", verbs);
        }

        private static void put(Obj rule, String field, List<String> values) {
            if (!values.isEmpty()) {
                rule.setTexts(field, values);
            }
        }

        /** As Go prints the structure with {@code %+v}. */
        String shown() {
            return "{Verbs:" + list(verbs) + " APIGroups:" + list(groups) + " Resources:" + list(resources)
                    + " ResourceNames:" + list(names) + " NonResourceURLs:" + list(paths) + "}";
        }

        /** The resource with its group, as tables of rules name it. */
        String resource() {
            if (resources.isEmpty()) {
                return "";
            }
            String first = resources.get(0);
            int slash = first.indexOf('/');
            String name = slash < 0 ? first : first.substring(0, slash);
            String part = slash < 0 ? "" : first.substring(slash);
            boolean grouped = !groups.isEmpty() && !groups.get(0).isEmpty();
            return name + (grouped ? "." + groups.get(0) : "") + part;
        }

        boolean covers(Rule part) {
            return hasAll(verbs, part.verbs, "*")
                    && hasAll(groups, part.groups, "*")
                    && part.resources.stream().allMatch(this::coversResource)
                    && part.paths.stream().allMatch(this::coversPath)
                    && (names.isEmpty() || !part.names.isEmpty() && names.containsAll(part.names));
        }

        private static boolean hasAll(List<String> owned, List<String> wanted, String all) {
            return owned.contains(all) || owned.containsAll(wanted);
        }

        private boolean coversResource(String wanted) {
            int slash = wanted.indexOf('/');
            return resources.contains("*")
                    || resources.contains(wanted)
                    || slash >= 0 && resources.contains("*" + wanted.substring(slash));
        }

        private boolean coversPath(String wanted) {
            for (String owned : paths) {
                boolean prefix = owned.endsWith("*") && wanted.startsWith(owned.substring(0, owned.length() - 1));
                if (owned.equals(wanted) || prefix) {
                    return true;
                }
            }
            return false;
        }
    }

    private PolicyRules() {}

    static List<Rule> of(List<Obj> rules) {
        return rules.stream().map(Rule::of).toList();
    }

    static String list(List<String> values) {
        return "[" + String.join(" ", values) + "]";
    }

    /** Rules of one verb, one resource and one name each. */
    static List<Rule> apart(List<Rule> rules) {
        List<Rule> parts = new ArrayList<>();
        for (Rule rule : rules) {
            for (String group : rule.groups) {
                for (String resource : rule.resources) {
                    for (String verb : rule.verbs) {
                        apart(group, resource, verb, rule.names, parts);
                    }
                }
            }
            for (String path : rule.paths) {
                for (String verb : rule.verbs) {
                    parts.add(new Rule(List.of(verb), List.of(), List.of(), List.of(), List.of(path)));
                }
            }
        }
        return parts;
    }

    private static void apart(String group, String resource, String verb, List<String> names, List<Rule> parts) {
        if (names.isEmpty()) {
            parts.add(new Rule(List.of(verb), List.of(group), List.of(resource), List.of(), List.of()));
        }
        for (String name : names) {
            parts.add(new Rule(List.of(verb), List.of(group), List.of(resource), List.of(name), List.of()));
        }
    }

    /** Single rules with those that differ by verb only put together; sorted as kubectl sorts them. */
    static List<Rule> together(List<Rule> single) {
        List<Rule> compact = new ArrayList<>();
        Map<List<List<String>>, Set<String>> verbs = new LinkedHashMap<>();
        for (Rule rule : single) {
            if (rule.resources.isEmpty()) {
                compact.add(rule);
            } else {
                verbs.computeIfAbsent(List.of(rule.groups, rule.resources, rule.names), key -> new LinkedHashSet<>())
                        .addAll(rule.verbs);
            }
        }
        verbs.forEach(
                (key, all) -> compact.add(new Rule(List.copyOf(all), key.get(0), key.get(1), key.get(2), List.of())));
        compact.sort(Comparator.comparing(PolicyRules::sortKey));
        return compact;
    }

    private static String sortKey(Rule rule) {
        return "Verbs:" + list(rule.verbs) + ",APIGroups:" + list(rule.groups) + ",Resources:" + list(rule.resources)
                + ",ResourceNames:" + list(rule.names) + ",NonResourceURLs:" + list(rule.paths) + ",}";
    }

    /** What of {@code wanted} no rule of {@code owned} allows, in single rules. */
    static List<Rule> uncovered(List<Rule> owned, List<Rule> wanted) {
        List<Rule> missing = new ArrayList<>();
        for (Rule part : apart(wanted)) {
            if (owned.stream().noneMatch(rule -> rule.covers(part))) {
                missing.add(part);
            }
        }
        return missing;
    }
}
