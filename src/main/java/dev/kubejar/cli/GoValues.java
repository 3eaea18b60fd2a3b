package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Trees as Go's {@code %v} prints decoded JSON: {@code map[a:1 b:[x y]]}. */
public final class GoValues {
    private GoValues() {}

    public static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            out.append("map[");
            String gap = "";
            for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
                out.append(gap).append(field.getKey()).append(':');
                write(field.getValue(), out);
                gap = " ";
            }
            out.append(']');
        } else if (node.isArray()) {
            out.append('[');
            String gap = "";
            for (JsonNode item : node) {
                out.append(gap);
                write(item, out);
                gap = " ";
            }
            out.append(']');
        } else {
            out.append(node.isNull() || node.isMissingNode() ? "<nil>" : node.asText());
        }
    }
}
