package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;

/** Turns a request's body into an object of its kind: judged against the field schema, with its defaults. */
final class Decoding {

    /** The object of a creation or an update, owned by the caller. */
    Obj object(Call call, JsonNode body) {
        if (!(body instanceof ObjectNode)) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type " + call.kind.kind() + ")");
        }
        Obj object = Obj.of(((ObjectNode) body).deepCopy());
        named(call.kind, object);
        defaults(call.kind, object);
        return object;
    }

    /** What a patch has made of an object; {@code shown} is what a refusal shows of it. */
    Obj patched(Call call, Kind kind, JsonNode document, String shown) {
        Obj object = Obj.of((ObjectNode) document);
        named(kind, object);
        defaults(kind, object);
        return object;
    }

    /** The body of a subresource that is no stored kind. */
    Obj plain(JsonNode body, String kind) {
        if (body instanceof ObjectNode object) {
            return Obj.of(object.deepCopy());
        }
        throw ApiError.badRequest("the object provided is unrecognized (must be of type " + kind + ")");
    }

    /** What Go's JSON decoder calls a value. */
    static String goKind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            default -> "number";
        };
    }

    /** Sets what the server fills in where a field is absent. */
    void defaults(Kind kind, Obj object) {
        kind.defaults().accept(object);
    }

    /** Fills in the kind and the version, or refuses others. */
    private static void named(Kind kind, Obj object) {
        String version = object.apiVersion();
        String name = object.kind();
        if (version.isEmpty() && name.isEmpty()) {
            object.set("apiVersion", kind.groupVersion()).set("kind", kind.kind());
            return;
        }
        if (!name.equals(kind.kind())) {
            throw ApiError.badRequest(
                    name + " in version \"" + shortVersion(version) + "\" cannot be handled as a " + kind.kind()
                            + ": converting (" + version + " " + name + ") to (" + kind + "): unknown conversion");
        }
        if (!version.equals(kind.groupVersion())) {
            throw ApiError.badRequest("the API version in the data (" + version
                    + ") does not match the expected API version (" + kind.groupVersion() + ")");
        }
    }

    private static String shortVersion(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
