package dev.kubejar.schema;

/** The type of a value: its kind, what an array or a map consists of, and the named type behind it. */
public final class ValueType {
    private final ValueKind kind;
    private final ValueType element;
    private final int index;
    private final FieldType inline;

    private ValueType(ValueKind kind, ValueType element, int index, FieldType inline) {
        this.kind = kind;
        this.element = element;
        this.index = index;
        this.inline = inline;
    }

    static ValueType of(ValueKind kind) {
        return new ValueType(kind, null, -1, null);
    }

    static ValueType arrayOf(ValueType element) {
        return new ValueType(ValueKind.ARRAY, element, -1, null);
    }

    static ValueType mapOf(ValueType element) {
        return new ValueType(ValueKind.MAP, element, -1, null);
    }

    /** A named type of the published schema; it is loaded when it is asked for. */
    static ValueType named(ValueKind kind, int index) {
        return new ValueType(kind, null, index, null);
    }

    /** A type that is written where it is used, as in a CustomResourceDefinition. */
    static ValueType inline(ValueKind kind, FieldType type) {
        return new ValueType(kind, null, -1, type);
    }

    public ValueKind kind() {
        return kind;
    }

    /** What an array or a map consists of; null otherwise. */
    public ValueType element() {
        return element;
    }

    /** The named or inline type; null for plain values, arrays and maps. */
    public FieldType type() {
        return inline != null || index < 0 ? inline : SchemaReader.get().type(index);
    }

    /** Loads no type: the OpenAPI name of the named type, such as {@code io.k8s.api.core.v1.Container}, or the empty string. */
    public String typeName() {
        return index < 0 ? "" : SchemaReader.get().typeName(index);
    }

    /** As {@code kubectl explain} shows it: {@code []Container}, {@code map[string]Quantity}, {@code integer}. */
    public String display() {
        return switch (kind) {
            case ARRAY -> "[]" + element.display();
            case MAP -> "map[string]" + element.display();
            default -> index >= 0 ? simpleName(typeName()) : plain();
        };
    }

    private String plain() {
        return switch (kind) {
            case STRING, BYTES, TIME, MICRO_TIME -> "string";
            case INT32, INT64 -> "integer";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            default -> "Object";
        };
    }

    static String simpleName(String typeName) {
        return typeName.substring(typeName.lastIndexOf('.') + 1);
    }
}
