package dev.kubejar.schema.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.List;
import java.util.TreeMap;

/** How a value is merged: as one, field by field, key by key, or item by item. */
final class Shape {
    enum Form {
        /** One value: plain, or a list or map that is replaced as a whole. */
        LEAF,
        STRUCT,
        MAP,
        /** A list whose items are told apart by keys. */
        ITEMS,
        /** A list of distinct plain values. */
        SET,
        /** Of no declared type: maps are merged, everything else replaced. */
        UNTYPED
    }

    final Form form;
    /** What a plain value must be; null where anything may stand. */
    ValueKind plain;

    private final FieldType type;
    private final ValueType element;
    private final List<String> keys;

    private Shape(Form form, FieldType type, ValueType element, List<String> keys) {
        this.form = form;
        this.type = type;
        this.element = element;
        this.keys = keys;
    }

    private static final Shape LEAF = new Shape(Form.LEAF, null, null, List.of());
    private static final Shape UNTYPED = new Shape(Form.UNTYPED, null, null, List.of());

    static Shape of(FieldType type) {
        return type == null ? UNTYPED : new Shape(Form.STRUCT, type, null, List.of());
    }

    private static Shape of(ValueType value, Field field) {
        return switch (value.kind()) {
            case OBJECT -> object(value, field);
            case MAP ->
                field != null && field.mapType().equals("atomic")
                        ? LEAF
                        : new Shape(Form.MAP, null, value.element(), List.of());
            case ARRAY -> array(value, field);
            case RAW, ANY -> field != null && field.raw() != null ? UNTYPED : LEAF;
            default -> plain(value.kind());
        };
    }

    private static Shape plain(ValueKind kind) {
        Shape shape = new Shape(Form.LEAF, null, null, List.of());
        shape.plain = kind;
        return shape;
    }

    private static Shape object(ValueType value, Field field) {
        FieldType type = value.type();
        if (type == null) {
            return UNTYPED;
        }
        boolean atomic = type.mapType().equals("atomic")
                || field != null && field.mapType().equals("atomic");
        return atomic ? LEAF : new Shape(Form.STRUCT, type, null, List.of());
    }

    private static Shape array(ValueType value, Field field) {
        String listType = field == null ? "" : field.listType();
        if (listType.equals("set")) {
            return new Shape(Form.SET, null, value.element(), List.of());
        }
        return listType.equals("map") && value.element().kind() == ValueKind.OBJECT
                ? new Shape(Form.ITEMS, null, value.element(), field.mapKeys())
                : LEAF;
    }

    /** The form that a value of this shape has in truth: one of no declared type is what it is. */
    Form form(JsonNode value) {
        if (form != Form.UNTYPED) {
            return form;
        }
        return value != null && value.isObject() ? Form.MAP : Form.LEAF;
    }

    /** The shape of a field of a structure or of a map's value; null where a structure does not know it. */
    Shape field(String name) {
        if (form == Form.UNTYPED) {
            return UNTYPED;
        }
        if (form == Form.MAP) {
            return of(element, null);
        }
        Field field = type.field(name);
        if (field == null) {
            return type.keepsUnknown() ? UNTYPED : null;
        }
        return of(field.value(), field);
    }

    /** Whether the field is one of a structure's own. */
    boolean declares(String name) {
        return form == Form.STRUCT && type.field(name) != null;
    }

    /** The shape of a list's items. */
    Shape item() {
        return form == Form.ITEMS ? object(element, null) : LEAF;
    }

    /** How a list's item is named in a path: by its keys, with their defaults, or by its value. */
    String element(JsonNode item) {
        if (form == Form.SET) {
            return "v:" + Json.text(item);
        }
        TreeMap<String, JsonNode> values = new TreeMap<>();
        for (String key : keys) {
            JsonNode value = item.get(key);
            Field field = element.type().field(key);
            if (value == null && field != null && !field.defaultText().isEmpty()) {
                value = Json.read(field.defaultText());
            }
            if (value != null) {
                values.put(key, value);
            }
        }
        ObjectNode named = Json.object();
        values.forEach(named::set);
        return "k:" + Json.text(named);
    }
}
