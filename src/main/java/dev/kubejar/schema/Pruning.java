package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/** Removes from a custom resource what its CustomResourceDefinition does not describe. */
public final class Pruning {
    private Pruning() {}

    /** Prunes in place; {@code x-kubernetes-preserve-unknown-fields} keeps what it stands at. */
    public static void prune(ObjectNode object, FieldType type) {
        for (Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator(); entries.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Field field = type.field(entry.getKey());
            if (field != null) {
                inside(entry.getValue(), field.value());
            } else if (!type.keepsUnknown()) {
                entries.remove();
            }
        }
    }

    private static void inside(JsonNode value, ValueType type) {
        switch (type.kind()) {
            case OBJECT -> {
                if (value instanceof ObjectNode object && type.type() != null) {
                    prune(object, type.type());
                }
            }
            case ARRAY, MAP -> value.forEach(item -> inside(item, type.element()));
            default -> {}
        }
    }
}
