package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.patch.GoValues;
import dev.kubejar.schema.patch.JsonPatch;
import dev.kubejar.schema.patch.MergePatch;
import dev.kubejar.schema.patch.PatchError;
import dev.kubejar.schema.patch.StrategicMerge;
import java.util.List;

/** Makes of an object what a patch says: JSON patch, JSON merge patch or strategic merge patch, then decoded anew. */
final class Patch {
    private static final int MOST_OPERATIONS = 10_000;

    private final Parts parts;

    Patch(Parts parts) {
        this.parts = parts;
    }

    /** The patched object of a kind, checked and with its defaults; {@code present} is not changed. */
    Obj patched(Call call, Kind kind, Obj present) {
        Request request = call.request;
        if (request.patchType == Request.PatchType.APPLY) {
            return applied(call, kind, present);
        }
        JsonNode document = patched(request, kind, present);
        String shown =
                request.patchType == Request.PatchType.STRATEGIC ? GoValues.text(request.body) : document.toString();
        Obj decoded = parts.decoding().patched(call, kind, document, shown);
        Replacing.named(call, decoded);
        return decoded;
    }

    private Obj applied(Call call, Kind kind, Obj present) {
        if (!(call.request.body instanceof ObjectNode body)) {
            throw ApiError.badRequest("error decoding YAML: the patch is no object");
        }
        Obj config = Obj.of(body.deepCopy());
        FieldManagement.check(call, config);
        Replacing.named(call, config);
        Create.inNamespace(call, config);
        Obj merged = parts.fields().applied(call, config, present);
        if (present == null) {
            merged.remove("metadata.resourceVersion");
        }
        return parts.decoding().patched(call, kind, merged.node(), "");
    }

    private JsonNode patched(Request request, Kind kind, Obj present) {
        JsonNode patch = request.body;
        try {
            return switch (request.patchType) {
                case JSON -> json(present, patch);
                case MERGE -> merge(present, patch);
                case STRATEGIC -> strategic(kind, present, patch);
                case APPLY -> throw new IllegalArgumentException("an apply patch is not merged here");
            };
        } catch (PatchError e) {
            throw refused(e, request.patchType);
        }
    }

    private static JsonNode json(Obj present, JsonNode patch) {
        if (patch.size() > MOST_OPERATIONS) {
            throw new ApiError(
                    413,
                    "RequestEntityTooLarge",
                    "Request entity too large: The allowed maximum operations in a JSON patch is " + MOST_OPERATIONS
                            + ", got " + patch.size());
        }
        return JsonPatch.apply(present.node(), patch);
    }

    private static JsonNode merge(Obj present, JsonNode patch) {
        if (!patch.isObject()) {
            throw ApiError.badRequest("error decoding patch: json: cannot unmarshal " + Decoding.goKind(patch)
                    + " into Go value of type map[string]interface {}");
        }
        return MergePatch.apply(present.node(), patch);
    }

    private static JsonNode strategic(Kind kind, Obj present, JsonNode patch) {
        if (kind.custom()) {
            throw new ApiError(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include:"
                            + " application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
        }
        if (!(patch instanceof ObjectNode object)) {
            throw ApiError.badRequest("json: cannot unmarshal " + Decoding.goKind(patch)
                    + " into Go value of type map[string]interface {}");
        }
        FieldType type = FieldSchema.forKind(kind.groupVersion(), kind.kind());
        ObjectNode merged = StrategicMerge.apply(present.node(), object, type);
        String fault = type == null ? null : ConversionFault.of(merged, type);
        if (fault != null) {
            throw Decoding.refused(GoValues.text(patch), fault);
        }
        return merged;
    }

    private static ApiError refused(PatchError e, Request.PatchType type) {
        if (e.malformed()) {
            return ApiError.badRequest(e.getMessage());
        }
        if (type == Request.PatchType.JSON) {
            return new ApiError(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request",
                    ApiError.Details.NONE,
                    List.of());
        }
        return new ApiError(500, "", e.getMessage());
    }
}
