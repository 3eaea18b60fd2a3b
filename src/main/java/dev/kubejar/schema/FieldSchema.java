package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The API's field schema: every type and field of Kubernetes' built-in kinds, loaded type by type as it is asked for, and
 * the types that CustomResourceDefinitions write.
 */
public final class FieldSchema {
    private FieldSchema() {}

    /** The type of an OpenAPI name such as {@code io.k8s.api.core.v1.Container}, or null. */
    public static FieldType type(String typeName) {
        SchemaReader reader = SchemaReader.get();
        int index = reader.indexOfType(typeName);
        return index < 0 ? null : reader.type(index);
    }

    /** The type of a built-in kind, or null: {@code forKind("apps/v1", "Deployment")}. */
    public static FieldType forKind(String apiVersion, String kind) {
        SchemaReader reader = SchemaReader.get();
        int index = reader.indexOfKind(apiVersion + "/" + kind);
        return index < 0 ? null : reader.type(index);
    }

    /** The names of all types, sorted. */
    public static List<String> typeNames() {
        SchemaReader reader = SchemaReader.get();
        List<String> names = new ArrayList<>(reader.typeCount());
        for (int i = 0; i < reader.typeCount(); i++) {
            names.add(reader.typeName(i));
        }
        return names;
    }

    /** All built-in kinds as {@code apps/v1/Deployment} or {@code v1/Pod}, lists included, sorted. */
    public static List<String> groupVersionKinds() {
        SchemaReader reader = SchemaReader.get();
        List<String> kinds = new ArrayList<>(reader.kindCount());
        for (int i = 0; i < reader.kindCount(); i++) {
            kinds.add(reader.kindKey(i));
        }
        return kinds;
    }

    /**
     * The type that the {@code openAPIV3Schema} of a CustomResourceDefinition describes; the root gets {@code apiVersion},
     * {@code kind} and {@code metadata} as every kind has them.
     */
    public static FieldType fromOpenApi(JsonNode schema) {
        return OpenApiTypes.root(schema);
    }
}
