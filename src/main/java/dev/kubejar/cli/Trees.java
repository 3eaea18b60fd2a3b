package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.util.TreeMap;

/** Trees in the form that Go's JSON encoder gives maps: keys in order. */
public final class Trees {
    private Trees() {}

    /** A copy with the keys of every map sorted. */
    public static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode copy = Json.object();
            fields.forEach(copy::set);
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(item -> copy.add(sorted(item)));
            return copy;
        }
        return node;
    }
}
