package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Json;
import java.util.Map;

/** JSON over several lines, its fields in the order in which they are: as Go writes structures. */
public final class JsonText {
    private JsonText() {}

    /** No newline at the end. */
    public static String indented(JsonNode node, String indent) {
        StringBuilder out = new StringBuilder();
        write(node, indent, "\n", out);
        return out.toString();
    }

    private static void write(JsonNode node, String indent, String line, StringBuilder out) {
        if (node.isObject() && !node.isEmpty()) {
            String separator = "{";
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                out.append(separator).append(line).append(indent);
                out.append(Json.text(Json.NODES.textNode(field.getKey()))).append(": ");
                write(field.getValue(), indent, line + indent, out);
                separator = ",";
            }
            out.append(line).append('}');
        } else if (node.isArray() && !node.isEmpty()) {
            String separator = "[";
            for (JsonNode item : node) {
                out.append(separator).append(line).append(indent);
                write(item, indent, line + indent, out);
                separator = ",";
            }
            out.append(line).append(']');
        } else {
            out.append(dev.kubejar.object.GoJson.compact(node));
        }
    }
}
