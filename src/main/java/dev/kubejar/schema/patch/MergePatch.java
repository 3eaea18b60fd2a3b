package dev.kubejar.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.util.Map;

/** JSON merge patch (RFC 7396): objects are merged, null removes, everything else replaces. */
public final class MergePatch {
    private MergePatch() {}

    /** The patched document; neither argument is changed. */
    public static JsonNode apply(JsonNode document, JsonNode patch) {
        return merged(document == null ? null : (JsonNode) document.deepCopy(), patch);
    }

    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode object ? object : Json.object();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else {
                result.set(field.getKey(), merged(result.get(field.getKey()), field.getValue()));
            }
        }
        return result;
    }
}
