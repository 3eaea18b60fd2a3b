package dev.kubejar.kinds.rules;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What admission webhooks and policies share: which requests they are for. */
public final class AdmissionMatches {
    private static final String[] OPERATIONS = {"*", "CONNECT", "CREATE", "DELETE", "UPDATE"};

    private AdmissionMatches() {}

    /** A rule with its operations. */
    public static void rule(Problems problems, String path, Obj rule) {
        List<String> operations = rule.texts("operations");
        alone(problems, path + ".operations", operations, "operations");
        for (int i = 0; i < operations.size(); i++) {
            Values.supported(problems, path + ".operations[" + i + "]", operations.get(i), OPERATIONS);
        }
        alone(problems, path + ".apiGroups", rule.texts("apiGroups"), "API groups");
        List<String> versions = rule.texts("apiVersions");
        alone(problems, path + ".apiVersions", versions, "API versions");
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).isEmpty()) {
                problems.required(path + ".apiVersions[" + i + "]", "");
            }
        }
        resources(problems, path + ".resources", rule.texts("resources"));
        if (rule.has("scope")) {
            Values.supported(problems, path + ".scope", rule.text("scope"), "*", "Cluster", "Namespaced");
        }
    }

    /** A list that must not be empty, and in which {@code *} stands alone. */
    private static void alone(Problems problems, String path, List<String> values, String what) {
        if (values.isEmpty()) {
            problems.required(path, "");
        }
        if (values.size() > 1 && values.contains("*")) {
            problems.invalid(path, Values.array(values), "if '*' is present, must not specify other " + what);
        }
    }

    private static void resources(Problems problems, String path, List<String> resources) {
        if (resources.isEmpty()) {
            problems.required(path, "");
        }
        Set<String> allParts = new HashSet<>();
        Set<String> allResources = new HashSet<>();
        boolean whole = false;
        for (int i = 0; i < resources.size(); i++) {
            String each = resources.get(i);
            String at = path + "[" + i + "]";
            int slash = each.indexOf('/');
            if (each.isEmpty()) {
                problems.required(at, "");
                continue;
            }
            if (slash < 0) {
                whole = !each.equals("*"); // the last one decides, as on the server
                continue;
            }
            String resource = each.substring(0, slash);
            String part = each.substring(slash + 1);
            if (allParts.contains(resource)) {
                problems.invalid(at, each, "if '" + resource + "/*' is present, must not specify " + each);
            }
            if (allResources.contains(part)) {
                problems.invalid(at, each, "if '*/" + part + "' is present, must not specify " + each);
            }
            if (part.equals("*")) {
                allParts.add(resource);
            }
            if (resource.equals("*")) {
                allResources.add(part);
            }
        }
        if (resources.size() > 1 && resources.contains("*/*")) {
            problems.invalid(path, Values.array(resources), "if '*/*' is present, must not specify other resources");
        }
        if (whole && resources.contains("*")) {
            problems.invalid(
                    path,
                    Values.array(resources),
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    /** A webhook's service; the server passes name and namespace the wrong way round. */
    public static void service(Problems problems, String path, Obj service) {
        if (service.text("namespace").isEmpty()) {
            problems.required(path + ".name", "");
        }
        if (service.text("name").isEmpty()) {
            problems.required(path + ".namespace", "");
        }
        long port = service.number("port");
        if (port < 1 || port > 65535) {
            problems.invalid(path + ".port", port, "port is not valid: " + Values.between(1, 65535));
        }
        if (service.has("path")) {
            path(problems, path + ".path", service.text("path"));
        }
    }

    private static void path(Problems problems, String path, String value) {
        if (value.equals("/") || value.isEmpty()) {
            return;
        }
        if (value.equals("//")) {
            problems.invalid(path, value, "segment[0] may not be empty");
            return;
        }
        if (!value.startsWith("/")) {
            problems.invalid(path, value, "must start with a '/'");
        }
        String inner = value.substring(1);
        inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
        String[] steps = inner.split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].isEmpty()) {
                problems.invalid(path, value, "segment[" + i + "] may not be empty");
                continue;
            }
            for (String fault : Names.subdomain(steps[i])) {
                problems.invalid(path, value, "segment[" + i + "]: " + fault);
            }
        }
    }
}
