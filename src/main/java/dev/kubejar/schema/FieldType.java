package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A type of the API: a structure with fields, or a named plain value such as Quantity, which has none. */
public final class FieldType {
    private final String name;
    private final ValueKind kind;
    private final Field[] byName;
    String mapType = "";
    List<String> groupVersionKinds = List.of();
    Description description = Description.NONE;
    boolean keepsUnknown;
    JsonNode raw;

    private Field[] declared;

    /** {@code fields} are in the order of their names. */
    FieldType(String name, ValueKind kind, Field[] fields) {
        this.name = name;
        this.kind = kind;
        this.byName = fields;
    }

    /** The OpenAPI name, {@code io.k8s.api.core.v1.Container}; empty for a type of a CustomResourceDefinition. */
    public String name() {
        return name;
    }

    /** The last part of the name: {@code Container}. */
    public String simpleName() {
        return ValueType.simpleName(name);
    }

    /** {@link ValueKind#OBJECT} for a structure. */
    public ValueKind kind() {
        return kind;
    }

    public String description() {
        return description.text();
    }

    /** The kinds that the type is, as {@code apps/v1/Deployment} or {@code v1/Pod}; empty for a part of others. */
    public List<String> groupVersionKinds() {
        return groupVersionKinds;
    }

    /** {@code atomic} where a value is replaced as a whole, else empty. */
    public String mapType() {
        return mapType;
    }

    /** Whether fields that the type does not know are kept: {@code x-kubernetes-preserve-unknown-fields}. */
    public boolean keepsUnknown() {
        return keepsUnknown;
    }

    /** The OpenAPI schema where the type stems from a CustomResourceDefinition, else null. */
    public JsonNode raw() {
        return raw;
    }

    /** In the order of their names. */
    public Collection<Field> fields() {
        return Collections.unmodifiableList(Arrays.asList(byName));
    }

    /** In the order of the Go structure. */
    public List<Field> declared() {
        if (declared == null) {
            Field[] sorted = byName.clone();
            Arrays.sort(sorted);
            declared = sorted;
        }
        return Collections.unmodifiableList(Arrays.asList(declared));
    }

    /** The field of this JSON name, or null. */
    public Field field(String jsonName) {
        int low = 0;
        int high = byName.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = byName[middle].name().compareTo(jsonName);
            if (order == 0) {
                return byName[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return name;
    }
}
