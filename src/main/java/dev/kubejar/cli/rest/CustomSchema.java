package dev.kubejar.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Json;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The published schemas of a custom resource and its list: what its definition says, with the fields all objects have. */
final class CustomSchema {
    private static final String META = "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.";

    private CustomSchema() {}

    /** {@code org.example.harbor.v1.Ferry}: the group backwards, version and kind. */
    static String name(ApiResource resource) {
        List<String> words = new ArrayList<>(List.of(resource.group().split("\\.")));
        Collections.reverse(words);
        return String.join(".", words) + "." + resource.resource().version() + "." + resource.kind();
    }

    static ObjectNode of(ApiResource resource, JsonNode schema) {
        ObjectNode shown = schema.isObject() ? schema.deepCopy() : Json.object().put("type", "object");
        if (!schema.isObject()) {
            shown.put("x-kubernetes-preserve-unknown-fields", true);
        }
        common(shown.withObjectProperty("properties"));
        shown.withObjectProperty("properties")
                .set(
                        "metadata",
                        reference(
                                "Standard object's metadata. More info: "
                                        + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
                                "ObjectMeta"));
        return named(shown, resource, resource.kind());
    }

    static ObjectNode list(ApiResource resource) {
        ObjectNode list = Json.object();
        list.put("description", resource.kind() + "List is a list of " + resource.kind());
        list.put("type", "object").putArray("required").add("items");
        ObjectNode properties = list.putObject("properties");
        common(properties);
        properties
                .putObject("items")
                .put(
                        "description",
                        "List of " + resource.name()
                                + ". More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md")
                .put("type", "array")
                .putObject("items")
                .put("$ref", "#/components/schemas/" + name(resource));
        properties.set(
                "metadata",
                reference(
                        "Standard list metadata. More info: "
                                + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds",
                        "ListMeta"));
        return named(list, resource, resource.kind() + "List");
    }

    private static void common(ObjectNode properties) {
        FieldType model = FieldSchema.forKind("v1", "ConfigMap");
        for (String field : List.of("apiVersion", "kind")) {
            properties
                    .putObject(field)
                    .put("description", model.field(field).description())
                    .put("type", "string");
        }
    }

    private static ObjectNode reference(String description, String type) {
        ObjectNode reference = Json.object().put("description", description);
        reference.putArray("allOf").addObject().put("$ref", META + type);
        return reference;
    }

    private static ObjectNode named(ObjectNode schema, ApiResource resource, String kind) {
        schema.putArray("x-kubernetes-group-version-kind")
                .addObject()
                .put("group", resource.group())
                .put("kind", kind)
                .put("version", resource.resource().version());
        return schema;
    }
}
