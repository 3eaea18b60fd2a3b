package dev.kubejar.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A type of the API as the resource will hold it, under its OpenAPI name. */
final class TypeEntry {
    final String name;
    final Map<String, FieldEntry> fields = new TreeMap<>();
    final List<String> kinds = new ArrayList<>();
    String description = "";

    /** What a value is when the type is no structure, such as {@code int-or-string}; empty for a structure. */
    String value = "";

    /** {@code atomic} when a value is replaced as a whole, else empty. */
    String mapType = "";

    TypeEntry(String name) {
        this.name = name;
    }

    /** A field; strings are empty where nothing is said. */
    static final class FieldEntry {
        final String name;
        int ordinal;
        String value = "";
        String description = "";
        boolean required;
        String defaultValue = "";
        List<String> enums = List.of();
        String listType = "";
        List<String> mapKeys = List.of();
        String patchStrategy = "";
        String patchMergeKey = "";
        String mapType = "";

        /** The embedded Go structures that the field is promoted from, outermost first, joined by dots. */
        String embedded = "";

        /** The Go type when it does not follow from {@link #value}, as Go's error messages write it. */
        String goType = "";

        boolean pointer;
        boolean omitEmpty;
        boolean omitZero;

        FieldEntry(String name) {
            this.name = name;
        }
    }
}
