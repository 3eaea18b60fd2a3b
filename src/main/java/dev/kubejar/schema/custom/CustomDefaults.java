package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sets the defaults of a definition's schema; a null where none may be counts as absent. */
public final class CustomDefaults {
    private CustomDefaults() {}

    /** Removes nulls that may not be and have no default. */
    public static void pruneNulls(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode inner = field(schema, name);
                if (object.get(name).isNull() && inner.isObject() && !nullable(inner) && !inner.hasNonNull("default")) {
                    object.remove(name);
                } else {
                    pruneNulls(object.get(name), inner);
                }
            }
        } else if (value.isArray()) {
            value.forEach(each -> pruneNulls(each, schema.path("items")));
        }
    }

    private static JsonNode field(JsonNode schema, String name) {
        JsonNode property = schema.path("properties").path(name);
        return property.isObject() ? property : schema.path("additionalProperties");
    }

    private static boolean nullable(JsonNode schema) {
        return schema.path("nullable").asBoolean();
    }

    /** Sets all defaults, in place. */
    public static void set(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
                JsonNode property = each.getValue();
                JsonNode there = object.get(each.getKey());
                boolean absent = there == null || there.isNull() && !nullable(property);
                if (absent && property.hasNonNull("default")) {
                    object.set(each.getKey(), property.get("default").deepCopy());
                }
            }
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                set(each.getValue(), field(schema, each.getKey()));
            }
        } else if (value instanceof ArrayNode array) {
            JsonNode items = schema.path("items");
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isNull() && items.hasNonNull("default") && !nullable(items)) {
                    array.set(i, items.get("default").deepCopy());
                }
                set(array.get(i), items);
            }
        }
    }
}
