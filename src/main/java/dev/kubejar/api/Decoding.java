package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Defaults;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.GoForm;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Pruning;
import dev.kubejar.schema.StrictDecoder;
import dev.kubejar.schema.custom.CustomDefaults;
import java.util.List;
import java.util.function.Supplier;

/** Turns a request's body into an object of its kind: judged against the field schema, in canonical form, with defaults. */
final class Decoding {
    private static final int SHOWN_BYTES = 30;

    /** The type of metadata, found when it is first needed. */
    private static final Supplier<FieldType> METADATA =
            () -> FieldSchema.type("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");

    private final CustomKinds kinds;

    Decoding(CustomKinds kinds) {
        this.kinds = kinds;
    }

    /** The object of a creation or an update, owned by the caller. */
    Obj object(Call call, JsonNode body) {
        Kind kind = call.kind;
        if (!(body instanceof ObjectNode)) {
            throw unrecognized(
                    kind.kind(), "json: cannot unmarshal " + goKind(body) + " into Go value of type struct", body);
        }
        Obj sent = Obj.of((ObjectNode) body);
        named(kind, sent);
        FieldType type = kinds.type(kind);
        if (type == null) {
            return complete(kind, Obj.of(((ObjectNode) body).deepCopy()));
        }
        StrictDecoder.Outcome outcome = StrictDecoder.decode(body, type, call.request.duplicates);
        String version = kind.version();
        if (outcome.error() != null && !kind.custom()) {
            throw StrictDecoder.cannotBeHandled(version, kind.kind(), outcome.error());
        }
        if (call.request.fieldValidation.equals("Strict") && !outcome.strict().isEmpty()) {
            throw StrictDecoder.cannotBeHandled(version, kind.kind(), outcome.refusal());
        }
        warn(call, outcome.strict());
        spelledOut(call, kind, body, type);
        return complete(kind, kind.custom() ? pruned(body, type) : formed(body, type));
    }

    /** What a patch has made of an object; {@code shown} is what a refusal shows of it. */
    Obj patched(Call call, Kind kind, JsonNode document, String shown) {
        if (!(document instanceof ObjectNode object)) {
            throw refused(shown, "json: cannot unmarshal " + goKind(document) + " into Go value of type struct");
        }
        named(kind, Obj.of(object));
        FieldType type = kinds.type(kind);
        if (type == null) {
            return complete(kind, Obj.of(object));
        }
        StrictDecoder.Outcome outcome = StrictDecoder.decode(document, type, List.of());
        if (outcome.error() != null && !kind.custom()) {
            boolean bytes = outcome.error().startsWith("illegal base64");
            throw refused(shown, (bytes ? "error decoding from json: " : "") + outcome.error());
        }
        if (call.request.fieldValidation.equals("Strict") && !outcome.strict().isEmpty()) {
            throw refused(shown, outcome.refusal());
        }
        warn(call, outcome.strict());
        spelledOut(call, kind, object, type);
        return complete(kind, kind.custom() ? pruned(object, type) : formed(object, type));
    }

    private static void spelledOut(Call call, Kind kind, JsonNode document, FieldType type) {
        if (!kind.custom()) {
            call.spelledOut(ExplicitEmpties.of(document, type));
        }
    }

    private static void warn(Call call, List<String> faults) {
        if (call.request.fieldValidation.equals("Warn")) {
            faults.forEach(call::warn);
        }
    }

    /** The refusal of a patch whose result cannot be decoded. */
    static ApiError refused(String shown, String why) {
        return ApiError.invalid(
                "",
                "",
                "",
                List.of(new ApiError.Cause(
                        "FieldValueInvalid",
                        "Invalid value: " + dev.kubejar.schema.Problems.quoted(shown) + ": " + why,
                        "patch")));
    }

    /** A custom object: what its definition does not know is dropped, its defaults are set. */
    private static Obj pruned(JsonNode body, FieldType type) {
        ObjectNode object = ((ObjectNode) body).deepCopy();
        Pruning.prune(object, type);
        CustomDefaults.pruneNulls(object, type.raw());
        CustomDefaults.set(object, type.raw());
        JsonNode metadata = object.path("metadata");
        object.set("metadata", GoForm.of(metadata.isObject() ? metadata : Json.object(), METADATA.get()));
        return Obj.of(object);
    }

    private static Obj formed(JsonNode body, FieldType type) {
        ObjectNode object = GoForm.of(body, type);
        Defaults.declared(object, type);
        return Obj.of(object);
    }

    private Obj complete(Kind kind, Obj object) {
        object.set("apiVersion", kind.groupVersion()).set("kind", kind.kind());
        kind.defaults().accept(object);
        return object;
    }

    /** A stored form after the registry has changed it: fields in order, what Go would not write left out. */
    Obj canonical(Kind kind, Obj object) {
        if (kind.custom()) {
            object.set("metadata", GoForm.of(object.at("metadata"), METADATA.get()));
            return object;
        }
        FieldType type = FieldSchema.forKind(kind.groupVersion(), kind.kind());
        return type == null ? object : Obj.of(GoForm.of(object.node(), type));
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

    /** Fills in nothing, but refuses another kind or version than the one asked for. */
    private static void named(Kind kind, Obj object) {
        String version = object.apiVersion();
        String name = object.kind();
        if (name.isEmpty() && version.isEmpty()) {
            return;
        }
        if (!name.isEmpty() && !name.equals(kind.kind())) {
            throw other(kind, version, name);
        }
        if (!version.isEmpty() && !version.equals(kind.groupVersion())) {
            throw ApiError.badRequest("the API version in the data (" + version
                    + ") does not match the expected API version (" + kind.groupVersion() + ")");
        }
    }

    private static ApiError other(Kind kind, String version, String name) {
        String head =
                name + " in version \"" + shortVersion(version) + "\" cannot be handled as a " + kind.kind() + ": ";
        if (name.equalsIgnoreCase(kind.kind())) {
            return ApiError.badRequest(head + "no kind \"" + name + "\" is registered for version \"" + version
                    + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
        }
        return ApiError.badRequest(head + "converting (" + version + "." + name + ") to (" + kind.groupVersion() + "."
                + kind.kind() + "): unknown conversion");
    }

    private static ApiError unrecognized(String kind, String why, JsonNode body) {
        String text = Json.text(body);
        String shown = text.length() > SHOWN_BYTES ? text.substring(0, SHOWN_BYTES) + " ..." : text;
        return ApiError.badRequest(
                "the object provided is unrecognized (must be of type " + kind + "): " + why + " (" + shown + ")");
    }

    private static String shortVersion(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
