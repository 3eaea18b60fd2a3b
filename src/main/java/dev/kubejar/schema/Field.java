package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A field of a type, as the API publishes it and as Go declares it. */
public final class Field implements Comparable<Field> {
    private final String name;
    private final int ordinal;
    private final ValueType value;
    boolean required;
    boolean pointer;
    boolean omitEmpty;
    boolean omitZero;
    String goType = "";
    String embedded = "";
    String defaultText = "";
    List<String> enums = List.of();
    String listType = "";
    List<String> mapKeys = List.of();
    String mapType = "";
    String patchStrategy = "";
    String patchMergeKey = "";
    Description description = Description.NONE;
    JsonNode raw;

    Field(String name, int ordinal, ValueType value) {
        this.name = name;
        this.ordinal = ordinal;
        this.value = value;
    }

    /** The JSON name. */
    public String name() {
        return name;
    }

    /** The place in the Go structure, which is the order in which Go writes fields. */
    public int ordinal() {
        return ordinal;
    }

    public ValueType value() {
        return value;
    }

    public ValueKind kind() {
        return value.kind();
    }

    public boolean required() {
        return required;
    }

    /** Whether Go tells an absent value from a zero one. */
    public boolean pointer() {
        return pointer;
    }

    /** Whether Go leaves an empty value (false, 0, "", no elements, nil) out when it writes. */
    public boolean omitEmpty() {
        return omitEmpty;
    }

    /** Whether Go leaves a zero value out when it writes, structures included. */
    public boolean omitZero() {
        return omitZero;
    }

    /** The Go type without its pointer, as Go's messages write it: {@code []v1.Container}, {@code v1.PullPolicy}. */
    public String goType() {
        return goType;
    }

    /** The embedded Go structures that the field is promoted from, joined by dots: {@code VolumeSource}; else empty. */
    public String embedded() {
        return embedded;
    }

    /** The declared default as JSON text, or the empty string. */
    public String defaultText() {
        return defaultText;
    }

    /** The values that are allowed, sorted; empty where any is. */
    public List<String> enums() {
        return enums;
    }

    /** {@code atomic}, {@code set}, {@code map} or empty. */
    public String listType() {
        return listType;
    }

    /** The fields that tell the elements of a list of type {@code map} apart. */
    public List<String> mapKeys() {
        return mapKeys;
    }

    /** {@code atomic}, {@code granular} or empty. */
    public String mapType() {
        return mapType;
    }

    /** {@code merge}, {@code replace}, {@code retainKeys}, {@code merge,retainKeys} or empty. */
    public String patchStrategy() {
        return patchStrategy;
    }

    public boolean patchMerges() {
        return patchStrategy.startsWith("merge");
    }

    public boolean patchRetainsKeys() {
        return patchStrategy.endsWith("retainKeys");
    }

    /** The field that a strategic merge tells the elements of a list apart by, or empty. */
    public String patchMergeKey() {
        return patchMergeKey;
    }

    public String description() {
        return description.text();
    }

    /** The OpenAPI schema where the field stems from a CustomResourceDefinition, else null. */
    public JsonNode raw() {
        return raw;
    }

    /** In the order of the Go structure. */
    @Override
    public int compareTo(Field other) {
        return Integer.compare(ordinal, other.ordinal);
    }

    @Override
    public String toString() {
        return name + " <" + value.display() + ">";
    }
}
