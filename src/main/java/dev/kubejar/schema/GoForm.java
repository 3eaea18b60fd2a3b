package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoTime;
import dev.kubejar.object.Json;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Times;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form that an object of a built-in kind has after the server decoded it, stored it as a protocol buffer and wrote it
 * again: fields in the order of the Go structures, unknown ones gone, empty values left out or spelled out as the
 * structures say, quantities and times in their canonical form, maps sorted. Protocol buffers do not tell an empty list
 * from none.
 *
 * <pre>
 * {"spec":{"containers":[{"image":"a","name":"b","env":null,"tty":false}],"oops":1}}
 * {"spec":{"containers":[{"name":"b","image":"a","resources":{}}]},"status":{}}      and "metadata":{}
 * </pre>
 */
public final class GoForm {
    private GoForm() {}

    /** A new tree; the given one must have passed {@link StrictDecoder} without an error and stays as it is. */
    public static ObjectNode of(JsonNode object, FieldType type) {
        ObjectNode out = Json.object();
        for (Field field : type.declared()) {
            JsonNode value = object.get(field.name());
            JsonNode written = value == null || value.isNull() ? absent(field) : present(value, field);
            if (written != null) {
                out.set(field.name(), written);
            }
        }
        return out;
    }

    private static JsonNode present(JsonNode value, Field field) {
        JsonNode written = value(value, field.value());
        if (field.pointer()) {
            return written;
        }
        if (isEmpty(written, field.kind())) {
            return field.kind() == ValueKind.BYTES && !field.omitEmpty() ? written : absent(field);
        }
        return field.omitZero() && field.kind() == ValueKind.OBJECT && written.isEmpty() ? null : written;
    }

    private static boolean isEmpty(JsonNode written, ValueKind kind) {
        return switch (kind) {
            case STRING, BYTES -> written.isTextual() && written.textValue().isEmpty();
            case BOOLEAN -> !written.booleanValue();
            case INT32, INT64, NUMBER -> written.decimalValue().signum() == 0;
            case ARRAY, MAP -> written.isEmpty();
            default -> false;
        };
    }

    /** What Go writes for a field that is nil or zero; null where it writes nothing. */
    private static JsonNode absent(Field field) {
        boolean structure = isStructure(field.kind());
        if (field.omitZero() || field.omitEmpty() && (field.pointer() || !structure)) {
            return null;
        }
        return field.pointer() ? Json.NODES.nullNode() : zero(field.value());
    }

    /** Structures are never empty to Go, so {@code omitempty} does nothing for them. */
    private static boolean isStructure(ValueKind kind) {
        return switch (kind) {
            case OBJECT, QUANTITY, INT_OR_STRING, TIME, MICRO_TIME, RAW, ANY -> true;
            default -> false;
        };
    }

    private static JsonNode zero(ValueType type) {
        return switch (type.kind()) {
            case STRING -> Json.NODES.textNode("");
            case BOOLEAN -> Json.NODES.booleanNode(false);
            case INT32, INT64, NUMBER, INT_OR_STRING -> Json.NODES.numberNode(0);
            case QUANTITY -> Json.NODES.textNode("0");
            case OBJECT -> type.type() == null ? Json.object() : of(Json.object(), type.type());
            default -> Json.NODES.nullNode();
        };
    }

    private static JsonNode value(JsonNode value, ValueType type) {
        if (value.isNull()) {
            return zero(type);
        }
        return switch (type.kind()) {
            case OBJECT -> type.type() == null ? Json.object() : of(value, type.type());
            case ARRAY -> array(value, type.element());
            case MAP -> map(value, type.element());
            case QUANTITY -> quantity(value);
            case TIME -> time(value, false);
            case MICRO_TIME -> time(value, true);
            case BYTES -> value.isTextual() ? Json.NODES.textNode(withoutLineEnds(value.textValue())) : value;
            case ANY -> schemaOr(value, type);
            default -> value;
        };
    }

    private static ArrayNode array(JsonNode array, ValueType element) {
        ArrayNode out = Json.array();
        for (JsonNode item : array) {
            out.add(value(item, element));
        }
        return out;
    }

    private static ObjectNode map(JsonNode map, ValueType element) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            sorted.put(entry.getKey(), value(entry.getValue(), element));
        }
        ObjectNode out = Json.object();
        out.setAll(sorted);
        return out;
    }

    private static JsonNode quantity(JsonNode value) {
        try {
            return Json.NODES.textNode(Quantity.of(value).toString());
        } catch (ParseError e) {
            return value;
        }
    }

    private static JsonNode time(JsonNode value, boolean micro) {
        if (!value.isTextual()) {
            return value;
        }
        try {
            String text = value.textValue();
            return Json.NODES.textNode(micro ? Times.micros(GoTime.micros(text)) : Times.seconds(GoTime.seconds(text)));
        } catch (ParseError e) {
            return value;
        }
    }

    private static String withoutLineEnds(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : text.replaceAll("[\r\n]", "");
    }

    /** The parts of a CustomResourceDefinition's schema that are a schema or something else. */
    private static JsonNode schemaOr(JsonNode value, ValueType type) {
        if (!type.typeName().contains(".JSONSchemaPropsOr")) {
            return value;
        }
        FieldType schema = FieldSchema.type("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps");
        if (value.isObject()) {
            return of(value, schema);
        }
        if (!value.isArray()) {
            return value;
        }
        ArrayNode out = Json.array();
        for (JsonNode item : value) {
            out.add(item.isObject() ? of(item, schema) : item);
        }
        return out;
    }
}
