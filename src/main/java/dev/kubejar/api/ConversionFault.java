package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueType;
import java.util.Map;

/** Why a tree cannot be turned into a Go structure without going through JSON text: what a strategic merge ends with. */
final class ConversionFault {
    private ConversionFault() {}

    /** The first fault in runtime.Converter's words; null where there is none that it words itself. */
    static String of(JsonNode object, FieldType type) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = type.field(entry.getKey());
            String fault = field == null ? null : of(entry.getValue(), field.value());
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static String of(JsonNode value, ValueType type) {
        if (value.isNull()) {
            return null;
        }
        return switch (type.kind()) {
            case ARRAY -> {
                if (!value.isArray()) {
                    yield "cannot restore slice from " + goKind(value);
                }
                yield each(value, type.element());
            }
            case MAP -> value.isObject() ? each(value, type.element()) : "cannot restore map from " + goKind(value);
            case OBJECT ->
                value.isObject()
                        ? type.type() == null ? null : of(value, type.type())
                        : "cannot restore struct from: " + goKind(value);
            case STRING -> value.isTextual() ? null : "cannot convert " + goKind(value) + " to string";
            case BOOLEAN -> value.isBoolean() ? null : "cannot convert " + goKind(value) + " to bool";
            case INT32, INT64 ->
                value.isNumber()
                        ? null
                        : "cannot convert " + goKind(value) + " to "
                                + (type.kind() == dev.kubejar.schema.ValueKind.INT32 ? "int32" : "int64");
            default -> null;
        };
    }

    private static String each(JsonNode values, ValueType element) {
        for (JsonNode value : values) {
            String fault = of(value, element);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static String goKind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map";
            case ARRAY -> "slice";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            default -> value.isIntegralNumber() ? "int64" : "float64";
        };
    }
}
