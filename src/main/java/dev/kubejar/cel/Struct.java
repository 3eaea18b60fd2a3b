package dev.kubejar.cel;

import java.util.Map;

/** A value of a structure: the fields that are there, by the names that expressions use. */
record Struct(Type type, Map<String, Object> fields) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Struct that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }
}
