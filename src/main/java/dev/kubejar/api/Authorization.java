package dev.kubejar.api;

import dev.kubejar.client.Identity;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.GroupVersionResource;
import java.util.List;

/** Turns a request into the authorizer's question, and a refusal into the server's words. */
final class Authorization {
    private static final String AUTHENTICATION = "authentication.k8s.io";

    private final Authorizer authorizer;

    Authorization(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    void check(Identity user, Request request) {
        check(user, request, request.verb.rbac());
    }

    void check(Identity user, Request request, String verb) {
        if (user.master()) {
            return;
        }
        GroupVersionResource resource = request.resource;
        String full =
                request.subresource.isEmpty() ? resource.resource() : resource.resource() + "/" + request.subresource;
        String namespace = namespace(request);
        Authorizer.Decision decision = authorizer.decide(
                user,
                new Authorizer.Question(verb, resource.group(), resource.version(), full, namespace, request.name, ""));
        if (!decision.allowed()) {
            throw forbidden(user, request, verb, full, decision.reason());
        }
    }

    /** 403 unless a user may do this with a path that names no resource. */
    void path(Identity user, String verb, String path) {
        if (user.master()) {
            return;
        }
        Authorizer.Decision decision = authorizer.decide(user, new Authorizer.Question(verb, "", "", "", "", "", path));
        if (!decision.allowed()) {
            String reason = decision.reason().isEmpty() ? "" : ": " + decision.reason();
            throw new ApiError(
                    403,
                    "Forbidden",
                    "forbidden: User " + GoText.quoted(user.user()) + " cannot " + verb + " path " + GoText.quoted(path)
                            + reason);
        }
    }

    /** 403 unless a user may act as another, and as each of the groups asked for (none: those that come with it). */
    void impersonation(Identity user, Identity other, List<String> groups) {
        if (user.master()) {
            return;
        }
        String[] account = other.user().split(":", -1);
        if (other.user().startsWith("system:serviceaccount:") && account.length == 4) {
            impersonate(user, "", "serviceaccounts", account[2], account[3]);
        } else {
            impersonate(user, "", "users", "", other.user());
        }
        groups.forEach(group -> impersonate(user, "", "groups", "", group));
        other.extra()
                .forEach((key, values) ->
                        values.forEach(value -> impersonate(user, AUTHENTICATION, "userextras/" + key, "", value)));
        if (!other.uid().isEmpty()) {
            impersonate(user, AUTHENTICATION, "uids", "", other.uid());
        }
    }

    private void impersonate(Identity user, String group, String resource, String namespace, String name) {
        String version = group.isEmpty() ? "v1" : group + "/v1";
        String plural = resource.contains("/") ? resource.substring(0, resource.indexOf('/')) : resource;
        Request request = Request.get(GroupVersionResource.of(version, plural), namespace, name);
        if (resource.contains("/")) {
            request.subresource(resource.substring(resource.indexOf('/') + 1));
        }
        check(user, request, "impersonate");
    }

    /** A request about one namespace is one in that namespace. */
    private static String namespace(Request request) {
        boolean itself = request.resource.groupResource().equals("namespaces");
        return itself ? request.name : request.namespace;
    }

    private static ApiError forbidden(Identity user, Request request, String verb, String full, String reason) {
        String group = request.resource.group();
        StringBuilder text = new StringBuilder("User \"")
                .append(user.user())
                .append("\" cannot ")
                .append(verb)
                .append(" resource \"")
                .append(full)
                .append("\" in API group \"")
                .append(group)
                .append('"');
        String namespace = namespace(request);
        if (namespace.isEmpty()) {
            text.append(" at the cluster scope");
        } else {
            text.append(" in the namespace \"").append(namespace).append('"');
        }
        if (!reason.isEmpty()) {
            text.append(": ").append(reason);
        }
        return ApiError.forbidden(request.resource, request.name, text.toString());
    }
}
