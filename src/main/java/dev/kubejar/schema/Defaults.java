package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.util.Map;

/** Sets the defaults that the schema itself declares; what Kubernetes computes in code stands in the kinds' own files. */
public final class Defaults {
    private Defaults() {}

    /** Sets the declared defaults, in place, in every structure that is there. */
    public static void declared(ObjectNode object, FieldType type) {
        for (Field field : type.fields()) {
            if (!field.defaultText().isEmpty() && isAbsent(object.get(field.name()), field)) {
                object.set(field.name(), Json.read(field.defaultText()));
            }
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = type.field(entry.getKey());
            if (field != null) {
                inside(entry.getValue(), field.value());
            }
        }
    }

    /**
     * A field of Go that is no pointer is absent when it is zero, and one whose default is its zero value needs none: Go
     * writes it anyway.
     */
    private static boolean isAbsent(JsonNode value, Field field) {
        boolean missing = value == null || value.isNull();
        if (field.pointer()) {
            return missing;
        }
        return switch (field.defaultText()) {
            case "{}", "\"\"", "0", "false" -> false;
            default ->
                missing
                        || value.isTextual() && value.textValue().isEmpty()
                        || value.isNumber() && value.decimalValue().signum() == 0;
        };
    }

    private static void inside(JsonNode value, ValueType type) {
        switch (type.kind()) {
            case OBJECT -> {
                if (value instanceof ObjectNode object && type.type() != null) {
                    declared(object, type.type());
                }
            }
            case ARRAY, MAP -> {
                if (mayHoldStructures(type.element())) {
                    for (JsonNode item : value) {
                        inside(item, type.element());
                    }
                }
            }
            default -> {}
        }
    }

    private static boolean mayHoldStructures(ValueType type) {
        return switch (type.kind()) {
            case OBJECT, ARRAY, MAP -> true;
            default -> false;
        };
    }
}
