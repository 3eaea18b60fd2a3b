package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns the structural OpenAPI schema of a CustomResourceDefinition into types. */
final class OpenApiTypes {
    private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private OpenApiTypes() {}

    static FieldType root(JsonNode schema) {
        return type(schema, true);
    }

    private static FieldType type(JsonNode schema, boolean resource) {
        TreeMap<String, Field> fields = new TreeMap<>();
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        int ordinal = resource ? 3 : 0;
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            Field field = field(property.getKey(), ordinal++, property.getValue());
            field.required = required.contains(field.name());
            field.omitEmpty = !field.required;
            fields.put(field.name(), field);
        }
        if (resource) {
            addCommon(fields);
        }
        FieldType type = new FieldType("", ValueKind.OBJECT, fields.values().toArray(new Field[0]));
        type.raw = schema;
        type.description = Description.of(schema.path("description").asText());
        type.mapType = schema.path("x-kubernetes-map-type").asText();
        type.keepsUnknown = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        return type;
    }

    /** What a CustomResourceDefinition says of these three is not used, as on a real server. */
    private static void addCommon(Map<String, Field> fields) {
        FieldType model = FieldSchema.forKind("v1", "ConfigMap");
        for (String name : List.of("kind", "apiVersion")) {
            fields.put(name, model.field(name));
        }
        Field common = model.field("metadata");
        Field metadata = new Field(
                "metadata",
                common.ordinal(),
                ValueType.named(ValueKind.OBJECT, SchemaReader.get().indexOfType(OBJECT_META)));
        metadata.goType = common.goType;
        metadata.omitEmpty = true;
        metadata.description = common.description;
        fields.put("metadata", metadata);
    }

    private static Field field(String name, int ordinal, JsonNode schema) {
        Field field = new Field(name, ordinal, value(schema));
        field.raw = schema;
        field.pointer = true;
        field.description = Description.of(schema.path("description").asText());
        field.defaultText = schema.has("default") ? schema.get("default").toString() : "";
        field.listType = schema.path("x-kubernetes-list-type").asText();
        field.mapType = schema.path("x-kubernetes-map-type").asText();
        field.mapKeys = texts(schema.path("x-kubernetes-list-map-keys"));
        field.enums = texts(schema.path("enum"));
        return field;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return List.copyOf(texts);
    }

    static ValueType value(JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return ValueType.of(ValueKind.INT_OR_STRING);
        }
        return switch (schema.path("type").asText()) {
            case "string" -> ValueType.of(ValueKind.STRING);
            case "integer" ->
                ValueType.of(schema.path("format").asText().equals("int32") ? ValueKind.INT32 : ValueKind.INT64);
            case "number" -> ValueType.of(ValueKind.NUMBER);
            case "boolean" -> ValueType.of(ValueKind.BOOLEAN);
            case "array" -> ValueType.arrayOf(value(schema.path("items")));
            case "object" -> object(schema);
            default -> ValueType.of(ValueKind.ANY);
        };
    }

    private static ValueType object(JsonNode schema) {
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isObject()) {
            return ValueType.mapOf(value(additional));
        }
        if (additional.asBoolean()) {
            return ValueType.of(ValueKind.RAW);
        }
        return ValueType.inline(
                ValueKind.OBJECT,
                type(schema, schema.path("x-kubernetes-embedded-resource").asBoolean()));
    }
}
