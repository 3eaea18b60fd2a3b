package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.util.Map;

/** Works out JSON merge patches (RFC 7396), as apply sends them for kinds without merge keys. */
public final class MergeDiff {
    private MergeDiff() {}

    /** The patch from one object to another. */
    public static ObjectNode twoWay(JsonNode original, JsonNode modified) {
        return diff(original, modified, true, true);
    }

    /** What changed or came from {@code current} to {@code modified}, and what went since {@code original}. */
    public static ObjectNode threeWay(JsonNode original, JsonNode modified, JsonNode current) {
        ObjectNode patch = diff(original, modified, true, false);
        overlay(patch, diff(current, modified, false, true));
        return patch;
    }

    private static ObjectNode diff(JsonNode original, JsonNode modified, boolean deletions, boolean changes) {
        ObjectNode patch = Json.object();
        for (Map.Entry<String, JsonNode> field : modified.properties()) {
            JsonNode before = original.get(field.getKey());
            JsonNode now = field.getValue();
            if (before != null && before.isObject() && now.isObject()) {
                ObjectNode inner = diff(before, now, deletions, changes);
                if (!inner.isEmpty()) {
                    patch.set(field.getKey(), inner);
                }
            } else if (changes && !now.equals(before)) {
                patch.set(field.getKey(), now);
            }
        }
        if (deletions) {
            for (Map.Entry<String, JsonNode> field : original.properties()) {
                if (!modified.has(field.getKey())) {
                    patch.putNull(field.getKey());
                }
            }
        }
        return patch;
    }

    private static void overlay(ObjectNode under, ObjectNode over) {
        for (Map.Entry<String, JsonNode> field : over.properties()) {
            if (under.get(field.getKey()) instanceof ObjectNode a && field.getValue() instanceof ObjectNode b) {
                overlay(a, b);
            } else {
                under.set(field.getKey(), field.getValue());
            }
        }
    }
}
