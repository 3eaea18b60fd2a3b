package dev.kubejar.admission;

import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;

/** Whether a policy, a binding or a webhook is for a request: its rules, the object's labels and its namespace's. */
final class RequestMatcher {
    /** The versions that an any-version rule may mean beside the one asked for. */
    private static final List<String> VERSIONS = List.of("v1", "v2", "v1beta1", "v1beta2", "v2beta1", "v1alpha1");

    private RequestMatcher() {}

    /** Policies and webhooks are never asked about themselves. */
    static boolean exempt(Attributes request) {
        return request.kind().group().equals("admissionregistration.k8s.io");
    }

    /** {@code matchConstraints} of a policy or {@code matchResources} of a binding; an empty one is for all. */
    static boolean matches(Obj match, Attributes request) {
        if (match.isEmpty()) {
            return true;
        }
        boolean equivalent = !match.text("matchPolicy").equals("Exact");
        if (!namespace(match.obj("namespaceSelector"), request) || !labels(match.obj("objectSelector"), request)) {
            return false;
        }
        if (any(match.list("excludeResourceRules"), equivalent, request)) {
            return false;
        }
        List<Obj> rules = match.list("resourceRules");
        return rules.isEmpty() || any(rules, equivalent, request);
    }

    /** A webhook with its own rules and selectors. */
    static boolean webhook(Obj webhook, Attributes request) {
        boolean equivalent = !webhook.text("matchPolicy").equals("Exact");
        return namespace(webhook.obj("namespaceSelector"), request)
                && labels(webhook.obj("objectSelector"), request)
                && any(webhook.list("rules"), equivalent, request);
    }

    private static boolean any(List<Obj> rules, boolean equivalent, Attributes request) {
        GroupVersionResource asked = request.requestedKind().resource();
        for (Obj rule : rules) {
            if (rule(rule, asked, request)) {
                return true;
            }
        }
        if (!equivalent) {
            return false;
        }
        for (Obj rule : rules) {
            if (elsewhere(rule, asked, request)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a rule is for another version of what is asked for, that would be the same object. */
    private static boolean elsewhere(Obj rule, GroupVersionResource asked, Attributes request) {
        List<String> groups = rule.texts("apiGroups");
        List<String> versions = rule.texts("apiVersions");
        for (String group : groups.contains("*") ? List.of(asked.group()) : groups) {
            for (String version : versions.contains("*") ? VERSIONS : versions) {
                GroupVersionResource other = new GroupVersionResource(group, version, asked.resource());
                if (!other.equals(asked) && rule(rule, other, request) && same(other, request)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean same(GroupVersionResource other, Attributes request) {
        String stored = request.kind().resource().groupResource();
        return request.reader()
                .kinds()
                .byResource(other)
                .map(kind -> kind.storage().groupResource().equals(stored))
                .orElse(false);
    }

    private static boolean rule(Obj rule, GroupVersionResource resource, Attributes request) {
        List<String> names = rule.texts("resourceNames");
        return scope(rule.text("scope"), request)
                && has(rule.texts("operations"), request.verb().name())
                && has(rule.texts("apiGroups"), resource.group())
                && has(rule.texts("apiVersions"), resource.version())
                && resource(rule.texts("resources"), resource.resource(), request.subresource())
                && (names.isEmpty() || names.contains(request.name()));
    }

    private static boolean scope(String scope, Attributes request) {
        boolean cluster = !request.kind().namespaced();
        return switch (scope) {
            case "Namespaced" -> !cluster;
            case "Cluster" -> cluster;
            default -> true;
        };
    }

    private static boolean has(List<String> all, String one) {
        return all.contains("*") || all.contains(one);
    }

    private static boolean resource(List<String> resources, String resource, String part) {
        for (String each : resources) {
            int slash = each.indexOf('/');
            String name = slash < 0 ? each : each.substring(0, slash);
            String sub = slash < 0 ? "" : each.substring(slash + 1);
            if ((name.equals("*") || name.equals(resource)) && (sub.equals("*") || sub.equals(part))) {
                return true;
            }
        }
        return false;
    }

    private static boolean labels(Obj selector, Attributes request) {
        LabelSelector wanted = LabelSelector.of(selector.node());
        if (selector.isEmpty() || wanted.isEmpty()) {
            return true;
        }
        return request.object() != null && wanted.matches(request.object().labels())
                || request.before() != null && wanted.matches(request.before().labels());
    }

    private static boolean namespace(Obj selector, Attributes request) {
        boolean itself = request.aboutAny(Resources.NAMESPACES);
        if (selector.isEmpty() || request.namespace().isEmpty() && !itself) {
            return true;
        }
        LabelSelector wanted = LabelSelector.of(selector.node());
        return wanted.isEmpty() || wanted.matches(namespaceLabels(itself, request));
    }

    private static Map<String, String> namespaceLabels(boolean itself, Attributes request) {
        if (itself && request.subresource().isEmpty() && !request.deletes()) {
            return request.object().labels();
        }
        String name = itself ? request.name() : request.namespace();
        Obj namespace = request.reader().find(Resources.NAMESPACES, "", name);
        return namespace == null ? Map.of() : namespace.labels();
    }
}
