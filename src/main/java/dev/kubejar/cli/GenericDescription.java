package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.Map;
import java.util.TreeMap;

/** The description of an object of whose kind nothing is known: its metadata, and its fields as they are. */
final class GenericDescription {
    private GenericDescription() {}

    static void write(Obj object, Describe out, Related related) {
        out.field("Name", object.name());
        out.field("Namespace", object.namespace());
        out.map("Labels", object.labels(), "=");
        out.map("Annotations", object.annotations(), ": ");
        out.field("API Version", object.apiVersion());
        out.field("Kind", object.kind());
        Obj rest = object.copy();
        for (String told : new String[] {"apiVersion", "kind"}) {
            rest.remove(told);
        }
        for (String told : new String[] {"name", "namespace", "labels", "annotations", "managedFields"}) {
            rest.remove("metadata." + told);
        }
        fields(rest.node(), 0, out);
    }

    private static void fields(JsonNode node, int level, Describe out) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
            String name = label(field.getKey());
            JsonNode value = field.getValue();
            if (value.isObject()) {
                out.line(level, name + ":");
                fields(value, level + 1, out);
            } else if (value.isArray()) {
                out.line(level, name + ":");
                items(value, level + 1, out);
            } else {
                out.line(level, name + ":\t" + text(value));
            }
        }
    }

    private static void items(JsonNode list, int level, Describe out) {
        for (JsonNode item : list) {
            if (item.isObject()) {
                fields(item, level, out);
            } else {
                out.line(level, text(item));
            }
        }
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "<nil>" : value.asText();
    }

    /** {@code observedGeneration} becomes {@code Observed Generation}. */
    private static String label(String field) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (i > 0 && Character.isUpperCase(c) && !Character.isUpperCase(field.charAt(i - 1))) {
                out.append(' ');
            }
            out.append(i == 0 ? Character.toUpperCase(c) : c);
        }
        return out.toString();
    }
}
