package dev.kubejar.cli.explain;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.client.ApiResource;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.ArrayList;
import java.util.List;

/** A resource's type, or one field below it: what an explanation is about. */
record Explained(ApiResource resource, FieldType root, Field field, String fieldName) {
    /** Follows a path of fields; arrays and maps are passed through. */
    static Explained find(ApiResource resource, FieldType root, List<String> path) {
        FieldType type = root;
        Field field = null;
        for (String name : path) {
            field = type == null ? null : type.field(name);
            if (field == null) {
                throw new CliError("field " + Go.quote(path.get(path.size() - 1)) + " does not exist");
            }
            type = structure(field.value());
        }
        return new Explained(resource, root, field, path.isEmpty() ? "" : path.get(path.size() - 1));
    }

    /** The structure behind arrays and maps; null where plain values are. */
    static FieldType structure(ValueType value) {
        ValueType inner = value;
        while (inner.element() != null) {
            inner = inner.element();
        }
        return inner.kind() == ValueKind.OBJECT ? inner.type() : null;
    }

    /** The fields to list; none for a plain value. */
    FieldType fields() {
        return field == null ? root : structure(field.value());
    }

    /** What the field says of itself, then what its type says. */
    List<String> descriptions() {
        List<String> all = new ArrayList<>();
        if (field == null) {
            add(all, root.description());
        } else {
            add(all, field.description());
            ofType(field.value(), true, all);
        }
        return all;
    }

    private static void ofType(ValueType value, boolean own, List<String> all) {
        if (value.element() != null) {
            ofType(value.element(), false, all);
        } else if (!value.typeName().isEmpty() || !own && value.type() != null) {
            add(all, value.type().description());
        }
    }

    private static void add(List<String> all, String text) {
        if (!text.isEmpty()) {
            all.add(text);
        }
    }
}
