package dev.kubejar.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Trees as Go prints them with {@code %v}: {@code map[a:1 b:[x y]]}. */
public final class GoValues {
    private GoValues() {}

    public static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                out.append("map[");
                int start = out.length();
                sorted.forEach((key, value) -> {
                    out.append(out.length() == start ? "" : " ").append(key).append(':');
                    write(value, out);
                });
                out.append(']');
            }
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < node.size(); i++) {
                    out.append(i == 0 ? "" : " ");
                    write(node.get(i), out);
                }
                out.append(']');
            }
            case NULL, MISSING -> out.append("<nil>");
            default -> out.append(node.asText());
        }
    }
}
