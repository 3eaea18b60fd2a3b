package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Requests to a part of an object: each subresource leads to the class that knows it. */
final class Subresources {
    private final Parts parts;
    private final Update update;
    private final Patch patch;
    private final Scales scales;
    private final Bindings bindings;
    private final Evictions evictions;

    Subresources(Parts parts, Update update, Patch patch, Delete delete) {
        this.parts = parts;
        this.update = update;
        this.patch = patch;
        scales = new Scales(parts, update);
        bindings = new Bindings(parts);
        evictions = new Evictions(parts, delete);
    }

    Response handle(Call call) {
        offered(call);
        return switch (call.request.subresource) {
            case "status", "ephemeralcontainers", "resize", "approval", "finalize" -> part(call);
            case "scale" -> Response.of(scales.handle(call), call.warnings());
            case "binding" -> bindings.bind(call, call.request.name);
            case "eviction" -> evictions.evict(call);
            case "token" -> Response.of(new Tokens(parts).create(call), call.warnings());
            default -> throw ApiServer.unknownResource();
        };
    }

    private static void offered(Call call) {
        Kind kind = call.kind;
        String name = call.request.subresource;
        Set<String> verbs = name.equals("status") && kind.hasStatus() || name.equals("scale") && kind.scale() != null
                ? Set.of("get", "patch", "update")
                : kind.subresources().get(name);
        if (verbs == null) {
            throw kind.custom() ? ApiError.notFound(call.resource(), call.request.name) : ApiServer.unknownResource();
        }
        if (!verbs.contains(call.request.verb.rbac())) {
            throw ApiServer.notAllowed();
        }
    }

    /** A subresource that is the object itself, of which only a part may change. */
    private Response part(Call call) {
        Request request = call.request;
        if (request.verb == Verb.GET) {
            Obj found = parts.registry().find(call.stored, call.namespace(), request.name);
            if (found == null) {
                throw ApiError.notFound(call.resource(), request.name);
            }
            return Response.of(call.fromStorage(found), call.warnings());
        }
        UnaryOperator<Obj> change;
        if (request.verb == Verb.PATCH) {
            change = present -> patch.patched(call, call.kind, present);
        } else {
            Obj sent = parts.decoding().object(call, request.body);
            change = present -> Replacing.checked(call, sent, present);
        }
        return Response.of(call.fromStorage(update.update(call, change, false).stored()), call.warnings());
    }
}
