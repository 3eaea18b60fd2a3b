package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.Obj;

/** Applies patches without a server. */
public final class LocalPatch {
    private LocalPatch() {}

    /** The object as the patch makes it. */
    public static JsonNode apply(PatchType type, Obj object, JsonNode patch) {
        return switch (type) {
            case MERGE -> MergeDiff.apply(object.node(), patch);
            case STRATEGIC -> dev.kubejar.schema.StrategicMerge.apply(
                    object.node(), patch, dev.kubejar.schema.FieldSchema.forKind(object.apiVersion(), object.kind()));
            default -> dev.kubejar.object.JsonPatch.apply(object.node(), patch);
        };
    }
}
