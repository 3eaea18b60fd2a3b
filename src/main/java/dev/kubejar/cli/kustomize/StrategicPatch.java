package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Strategic merge as kustomize's own library does it: elements that a patch names come first in a merged list. */
final class StrategicPatch {
    private static final String DIRECTIVE = "$patch";

    private StrategicPatch() {}

    /** Patches in place; false where nothing is left of the object. */
    static boolean apply(ObjectNode object, ObjectNode patch) {
        FieldType type = FieldSchema.forKind(
                object.path("apiVersion").asText(), object.path("kind").asText());
        JsonNode merged = map(object, patch, type);
        return merged != null;
    }

    private static JsonNode map(ObjectNode dest, ObjectNode patch, FieldType type) {
        switch (patch.path(DIRECTIVE).asText("merge")) {
            case "delete":
                return null;
            case "replace":
                dest.removeAll();
                patch.properties().forEach(field -> {
                    if (!field.getKey().equals(DIRECTIVE)) {
                        dest.set(field.getKey(), field.getValue().deepCopy());
                    }
                });
                return dest;
            default:
                break;
        }
        for (Map.Entry<String, JsonNode> each : patch.properties()) {
            String name = each.getKey();
            if (!name.equals(DIRECTIVE)) {
                Field field = type == null ? null : type.field(name);
                JsonNode value = value(dest.get(name), each.getValue(), field == null ? null : field.value(), field);
                if (value == null) {
                    dest.remove(name);
                } else {
                    dest.set(name, value);
                }
            }
        }
        return dest;
    }

    private static JsonNode value(JsonNode before, JsonNode patch, ValueType type, Field field) {
        if (patch.isNull()) {
            return null;
        }
        if (patch instanceof ObjectNode object) {
            ObjectNode dest = before instanceof ObjectNode known ? known : Json.object();
            return map(dest, object, type == null ? null : type.type());
        }
        if (patch instanceof ArrayNode array && field != null) {
            return list(before instanceof ArrayNode known ? known : Json.array(), array, type, field);
        }
        return patch.deepCopy();
    }

    private static JsonNode list(ArrayNode before, ArrayNode patch, ValueType type, Field field) {
        List<String> keys = field.mapKeys().isEmpty()
                        && field.patchMerges()
                        && !field.patchMergeKey().isEmpty()
                ? List.of(field.patchMergeKey())
                : field.mapKeys();
        if (!keys.isEmpty() && field.patchMerges()) {
            return keyed(before, patch, type.element().type(), keys);
        }
        if (!field.patchMerges()) {
            return replaced(patch);
        }
        Set<JsonNode> union = new LinkedHashSet<>();
        patch.forEach(union::add);
        before.forEach(union::add);
        ArrayNode merged = Json.array();
        union.forEach(merged::add);
        return merged;
    }

    private static JsonNode replaced(ArrayNode patch) {
        ArrayNode copy = Json.array();
        patch.forEach(item -> {
            if (!item.path(DIRECTIVE).asText().equals("replace") || item.size() > 1) {
                copy.add(item.deepCopy());
            }
        });
        return copy;
    }

    private static JsonNode keyed(ArrayNode before, ArrayNode patch, FieldType element, List<String> keys) {
        List<JsonNode> left = new ArrayList<>();
        before.forEach(left::add);
        List<JsonNode> first = new ArrayList<>();
        for (JsonNode item : patch) {
            if (!(item instanceof ObjectNode object)) {
                continue;
            }
            if (object.size() == 1 && object.path(DIRECTIVE).asText().equals("replace")) {
                left.clear();
                continue;
            }
            JsonNode known = left.stream()
                    .filter(each -> sameKeys(each, object, keys))
                    .findFirst()
                    .orElse(null);
            left.remove(known);
            JsonNode merged = map(known instanceof ObjectNode node ? node : Json.object(), object, element);
            if (merged != null && !merged.isEmpty()) {
                first.add(merged);
            }
        }
        ArrayNode result = Json.array();
        first.forEach(result::add);
        left.forEach(result::add);
        return result;
    }

    /** Two elements are one where a key is the same in both and no other differs; a key may be missing in one. */
    private static boolean sameKeys(JsonNode a, JsonNode b, List<String> keys) {
        boolean common = false;
        for (String key : keys) {
            String one = a.path(key).asText();
            String other = b.path(key).asText();
            if (one.equals(other)) {
                common |= !one.isEmpty();
            } else if (!one.isEmpty() && !other.isEmpty()) {
                return false;
            }
        }
        return common;
    }
}
