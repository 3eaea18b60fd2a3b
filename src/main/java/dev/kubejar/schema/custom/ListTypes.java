package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists of type {@code set} hold no element twice, lists of type {@code map} no keys. */
public final class ListTypes {
    private ListTypes() {}

    /** Checks all lists of an object; {@code path} is empty for a whole one. */
    public static void check(JsonNode schema, JsonNode object, String path, Problems problems) {
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : GoText.sorted(object)) {
            JsonNode inner = schema.path("properties").path(field.getKey());
            String child = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (inner.isObject()) {
                value(inner, field.getValue(), child, problems);
            } else if (others.isObject()) {
                value(others, field.getValue(), path + "[" + field.getKey() + "]", problems);
            }
        }
    }

    private static void value(JsonNode schema, JsonNode value, String path, Problems problems) {
        if (value.isObject()) {
            check(schema, value, path, problems);
        } else if (value.isArray()) {
            switch (schema.path("x-kubernetes-list-type").asText("")) {
                case "set" -> set(value, path, problems);
                case "map" -> map(schema, value, path, problems);
                default -> {}
            }
            for (int i = 0; i < value.size() && schema.path("items").isObject(); i++) {
                value(schema.get("items"), value.get(i), path + "[" + i + "]", problems);
            }
        }
    }

    private static void set(JsonNode list, String path, Problems problems) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        distinct(items, path, problems);
    }

    private static void distinct(List<JsonNode> items, String path, Problems problems) {
        for (int i = 1; i < items.size(); i++) {
            int same = 0;
            for (int j = 0; j < i; j++) {
                same += Same.values(items.get(i), items.get(j)) ? 1 : 0;
            }
            if (same == 1) {
                problems.duplicate(path + "[" + i + "]", items.get(i));
            }
        }
    }

    private static void map(JsonNode schema, JsonNode list, String path, Problems problems) {
        List<JsonNode> keys = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            if (!item.isObject() && !item.isNull()) {
                problems.invalid(path + "[" + i + "]", item, "must be an object for an array of list-type map");
                return;
            }
            ObjectNode key = Json.object();
            for (JsonNode name : schema.path("x-kubernetes-list-map-keys")) {
                if (item.has(name.asText())) {
                    key.set(name.asText(), item.get(name.asText()));
                }
            }
            keys.add(key);
        }
        distinct(keys, path, problems);
    }
}
