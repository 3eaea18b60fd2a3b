package dev.kubejar.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The OpenAPI v3 documents: an index, and for each group version the schemas of what it serves. */
final class RestOpenApi {
    private static final String ROOT = "/openapi/v3";
    private static final String SCHEMAS = "#/components/schemas/";

    private final List<ApiResource> resources;
    private final Function<ApiResource, JsonNode> custom;

    /** {@code custom}: the schema of a custom resource, or a missing node. */
    RestOpenApi(List<ApiResource> resources, Function<ApiResource, JsonNode> custom) {
        this.resources = resources;
        this.custom = custom;
    }

    /** The document under a path, or null where there is none. */
    Obj at(String path) {
        if (path.equals(ROOT) || path.equals(ROOT + "/")) {
            return index();
        }
        if (!path.startsWith(ROOT + "/")) {
            return null;
        }
        String place = path.substring(ROOT.length() + 1);
        List<ApiResource> served =
                resources.stream().filter(each -> place(each).equals(place)).toList();
        return served.isEmpty() ? null : document(served);
    }

    private static String place(ApiResource resource) {
        return (resource.group().isEmpty() ? "api/" : "apis/") + resource.groupVersion();
    }

    private Obj index() {
        ObjectNode paths = Json.object();
        for (String place :
                new TreeSet<>(resources.stream().map(RestOpenApi::place).toList())) {
            paths.set(place, Json.object().put("serverRelativeURL", ROOT + "/" + place));
        }
        return Obj.create().set("paths", paths);
    }

    private Obj document(List<ApiResource> served) {
        TreeMap<String, ObjectNode> schemas = new TreeMap<>();
        ObjectNode paths = Json.object();
        for (ApiResource each : served) {
            FieldType type = FieldSchema.forKind(each.groupVersion(), each.kind());
            String inside = each.namespaced() ? "/namespaces/{namespace}" : "";
            paths.set("/" + place(each) + inside + "/" + each.name(), Json.object());
            paths.set("/" + place(each) + inside + "/" + each.name() + "/{name}", Json.object());
            if (type != null) {
                gather(type, schemas);
            } else {
                JsonNode schema = custom.apply(each);
                schemas.put(CustomSchema.name(each), CustomSchema.of(each, schema));
                schemas.put(CustomSchema.name(each) + "List", CustomSchema.list(each));
                gather(
                        FieldSchema.forKind("v1", "ConfigMap")
                                .field("metadata")
                                .value()
                                .type(),
                        schemas);
            }
        }
        ObjectNode components = Json.object();
        schemas.forEach(components::set);
        return Obj.create()
                .set("openapi", "3.0.0")
                .set("info", Obj.create().set("title", "Kubernetes").set("version", "v1.36.2"))
                .set("paths", paths)
                .set("components", Obj.create().set("schemas", components));
    }

    /** Writes a type's schema, and those of all types that it is made of. */
    private static void gather(FieldType root, TreeMap<String, ObjectNode> schemas) {
        Deque<FieldType> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            FieldType type = left.pop();
            if (!schemas.containsKey(type.name())) {
                schemas.put(type.name(), schema(type, left));
            }
        }
    }

    private static ObjectNode schema(FieldType type, Deque<FieldType> left) {
        ObjectNode schema = Json.object();
        if (!type.description().isEmpty()) {
            schema.put("description", type.description());
        }
        if (type.kind() != ValueKind.OBJECT) {
            return plain(type.kind(), schema);
        }
        schema.put("type", "object");
        List<String> required = new ArrayList<>();
        ObjectNode properties = Json.object();
        for (Field field : new TreeSet<>(type.fields())) {
            properties.set(field.name(), property(field, left));
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (!properties.isEmpty()) {
            schema.set("properties", properties);
        }
        if (!required.isEmpty()) {
            required.forEach(schema.withArray("required")::add);
        }
        for (String kind : type.groupVersionKinds()) {
            String[] parts = kind.split("/");
            int last = parts.length - 1;
            schema.withArray("x-kubernetes-group-version-kind")
                    .add(Json.object()
                            .put("group", last == 2 ? parts[0] : "")
                            .put("kind", parts[last])
                            .put("version", parts[last - 1]));
        }
        return schema;
    }

    private static ObjectNode property(Field field, Deque<FieldType> left) {
        ObjectNode property = Json.object();
        if (!field.description().isEmpty()) {
            property.put("description", field.description());
        }
        value(field.value(), property, left);
        if (!field.listType().isEmpty()) {
            field.mapKeys().forEach(property.withArray("x-kubernetes-list-map-keys")::add);
            if (field.mapKeys().isEmpty()) {
                property.remove("x-kubernetes-list-map-keys");
            }
            property.put("x-kubernetes-list-type", field.listType());
        }
        if (!field.patchMergeKey().isEmpty()) {
            property.put("x-kubernetes-patch-merge-key", field.patchMergeKey());
        }
        if (!field.patchStrategy().isEmpty()) {
            property.put("x-kubernetes-patch-strategy", field.patchStrategy());
        }
        return property;
    }

    private static void value(ValueType value, ObjectNode into, Deque<FieldType> left) {
        switch (value.kind()) {
            case ARRAY -> {
                into.put("type", "array");
                value(value.element(), into.putObject("items"), left);
            }
            case MAP -> {
                into.put("type", "object");
                value(value.element(), into.putObject("additionalProperties"), left);
            }
            default -> {
                if (value.typeName().isEmpty()) {
                    plain(value.kind(), into);
                } else {
                    left.push(value.type());
                    into.putArray("allOf").addObject().put("$ref", SCHEMAS + value.typeName());
                }
            }
        }
    }

    private static ObjectNode plain(ValueKind kind, ObjectNode into) {
        return switch (kind) {
            case INT32, INT64 ->
                into.put("type", "integer").put("format", kind.name().toLowerCase(Locale.ROOT));
            case NUMBER -> into.put("type", "number").put("format", "double");
            case BOOLEAN -> into.put("type", "boolean");
            case BYTES -> into.put("type", "string").put("format", "byte");
            case TIME, MICRO_TIME -> into.put("type", "string").put("format", "date-time");
            case INT_OR_STRING -> into.put("format", "int-or-string");
            case RAW, OBJECT, MAP -> into.put("type", "object");
            case ANY -> into;
            default -> into.put("type", "string");
        };
    }
}
