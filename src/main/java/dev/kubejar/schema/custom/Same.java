package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Whether two values are the same, and which old element of a list a new one was. */
public final class Same {
    private Same() {}

    /** Equal in JSON's sense: numbers by value, fields in any order. */
    public static boolean values(JsonNode a, JsonNode b) {
        if (a == null || b == null) {
            return a == b;
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isObject() && b.isObject() && a.size() == b.size()) {
            for (Map.Entry<String, JsonNode> each : a.properties()) {
                if (!b.has(each.getKey()) || !values(each.getValue(), b.get(each.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!values(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    /** The element of the old list with the keys of this one, in a list of type map; null otherwise. */
    public static JsonNode item(JsonNode schema, JsonNode item, JsonNode old) {
        if (old == null
                || !old.isArray()
                || !schema.path("x-kubernetes-list-type").asText("").equals("map")) {
            return null;
        }
        for (JsonNode each : old) {
            boolean same = true;
            for (JsonNode key : schema.path("x-kubernetes-list-map-keys")) {
                same &= values(each.get(key.asText()), item.get(key.asText()));
            }
            if (same) {
                return each;
            }
        }
        return null;
    }
}
