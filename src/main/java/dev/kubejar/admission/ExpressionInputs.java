package dev.kubejar.admission;

import dev.kubejar.api.Attributes;
import dev.kubejar.api.Authorizer;
import dev.kubejar.cel.Access;
import dev.kubejar.cel.Program;
import dev.kubejar.cel.Values;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that the expressions of policies and match conditions see of one request, each made when it is used. */
final class ExpressionInputs {
    private final Attributes request;
    private final Obj params;
    private final Map<String, Object> known = new HashMap<>();
    private Obj object;

    /** {@code params} is null where there are none. */
    ExpressionInputs(Attributes request, Obj params) {
        this.request = request;
        this.params = params;
        object = request.requested(request.object());
    }

    /** The object as the request's version has it; null for a deletion. */
    Obj object() {
        return object;
    }

    /** What a mutation has made of the object. */
    void object(Obj next) {
        object = next;
        known.remove("object");
    }

    /** The value of a variable; null for one that is not known. */
    Object find(String name) {
        Object found = known.get(name);
        if (found == null) {
            found = make(name);
            if (found != null) {
                known.put(name, found);
            }
        }
        return found;
    }

    private Object make(String name) {
        return switch (name) {
            case "object" -> value(object);
            case "oldObject" -> value(request.requested(request.before()));
            case "params" -> value(params);
            case "request" -> Values.of(asked().node());
            case "namespaceObject" -> namespace();
            case "authorizer" -> Program.authorizer(access());
            case "authorizer.requestResource" -> Program.authorizer(access(), question());
            default -> null;
        };
    }

    private static Object value(Obj object) {
        return Values.of(object == null ? Json.NODES.nullNode() : object.node());
    }

    private Object namespace() {
        if (request.namespace().isEmpty() || request.aboutAny(Resources.NAMESPACES)) {
            return value(null);
        }
        Obj found = request.reader().find(Resources.NAMESPACES, "", request.namespace());
        if (found == null) {
            return value(null);
        }
        Obj shown = found.copy();
        shown.remove("apiVersion").remove("kind").remove("metadata.managedFields");
        return value(shown);
    }

    /** The group, version and kind of the request's object: a subresource may have one of its own. */
    private Obj asked(Kind kind) {
        Obj object = request.object();
        String version = kind.groupVersion();
        String name = kind.kind();
        if (request.scales()) {
            version = "autoscaling/v1";
            name = "Scale";
        } else if (!request.subresource().isEmpty() && object != null && object.has("kind")) {
            version = object.apiVersion();
            name = object.kind();
        }
        int slash = version.indexOf('/');
        return Obj.create()
                .set("group", slash < 0 ? "" : version.substring(0, slash))
                .set("version", version.substring(slash + 1))
                .set("kind", name);
    }

    private Obj asked() {
        Kind kind = request.requestedKind();
        Obj shown = Obj.create();
        Obj about = asked(kind);
        shown.set("kind", about).set("requestKind", about.copy());
        for (String prefix : List.of("resource", "requestResource")) {
            shown.child(prefix)
                    .set("group", kind.group())
                    .set("version", kind.version())
                    .set("resource", kind.plural());
        }
        if (!request.subresource().isEmpty()) {
            shown.set("subResource", request.subresource()).set("requestSubResource", request.subresource());
        }
        shown.set("name", request.name());
        if (!request.namespace().isEmpty()) {
            shown.set("namespace", request.namespace());
        }
        shown.set("operation", request.verb().name()).set("dryRun", request.dryRun());
        Identity user = request.user();
        Obj info = shown.child("userInfo").set("username", user.user()).setTexts("groups", user.groups());
        if (!user.uid().isEmpty()) {
            info.set("uid", user.uid());
        }
        String options = request.creates() ? "CreateOptions" : request.deletes() ? "DeleteOptions" : "UpdateOptions";
        shown.child("options").set("kind", options).set("apiVersion", "meta.k8s.io/v1");
        shown.set("uid", "");
        return shown;
    }

    private Access access() {
        return (question, verb) -> {
            Identity who = question.user().isEmpty() ? request.user() : serviceAccount(question.user());
            String resource = question.subresource().isEmpty()
                    ? question.resource()
                    : question.resource() + "/" + question.subresource();
            Authorizer.Decision decision = request.decide(
                    who,
                    new Authorizer.Question(
                            verb,
                            question.group(),
                            "",
                            resource,
                            question.namespace(),
                            question.name(),
                            question.path()));
            return new Access.Decision(decision.allowed(), decision.reason());
        };
    }

    private static Identity serviceAccount(String user) {
        String[] parts = user.split(":");
        return Identity.of(
                user, "system:serviceaccounts", "system:serviceaccounts:" + parts[2], "system:authenticated");
    }

    private Access.Question question() {
        Kind kind = request.requestedKind();
        return new Access.Question(
                "", "", kind.group(), kind.plural(), request.subresource(), request.namespace(), request.name());
    }
}
