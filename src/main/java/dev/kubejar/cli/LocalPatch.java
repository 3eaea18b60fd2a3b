package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.patch.JsonPatch;
import dev.kubejar.schema.patch.MergePatch;
import dev.kubejar.schema.patch.PatchError;
import dev.kubejar.schema.patch.StrategicMerge;

/** Applies patches without a server. */
public final class LocalPatch {
    private LocalPatch() {}

    /** The object as the patch makes it. */
    public static Obj apply(PatchType type, Obj object, JsonNode patch) {
        try {
            return Obj.of((ObjectNode) patched(type, object.copy(), patch));
        } catch (PatchError e) {
            throw new CliError(e.getMessage());
        }
    }

    private static JsonNode patched(PatchType type, Obj object, JsonNode patch) {
        if (type == PatchType.JSON) {
            return JsonPatch.apply(object.node(), patch);
        }
        if (type == PatchType.MERGE) {
            return MergePatch.apply(object.node(), patch);
        }
        FieldType fields = FieldSchema.forKind(object.apiVersion(), object.kind());
        if (fields == null) {
            throw new CliError("strategic merge patch is not supported for " + object.apiVersion() + ", Kind="
                    + object.kind() + " locally, try --type merge");
        }
        return StrategicMerge.apply(object.node(), (ObjectNode) patch.deepCopy(), fields);
    }
}
