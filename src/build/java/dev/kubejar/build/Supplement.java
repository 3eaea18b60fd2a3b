package dev.kubejar.build;

import dev.kubejar.build.TypeEntry.FieldEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What neither artifact says, kept by hand in three tables whose heads give the reasons. */
final class Supplement {
    /** Types that are no structures, with the value that stands in their place. */
    static final Map<String, String> SCALARS = new TreeMap<>(Map.ofEntries(
            Map.entry("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON", "any"),
            Map.entry("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray", "any"),
            Map.entry("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool", "any"),
            Map.entry("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray", "any"),
            Map.entry(
                    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus",
                    "object"),
            Map.entry("io.k8s.apimachinery.pkg.api.resource.Quantity", "int-or-string"),
            Map.entry("io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", "object"),
            Map.entry("io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", "string(date-time)"),
            Map.entry("io.k8s.apimachinery.pkg.apis.meta.v1.Patch", "object"),
            Map.entry("io.k8s.apimachinery.pkg.apis.meta.v1.Time", "string(date-time)"),
            Map.entry("io.k8s.apimachinery.pkg.runtime.RawExtension", "object"),
            Map.entry("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "int-or-string")));

    private static final String AGGREGATOR = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1";

    private final List<String[]> declarations;
    private final List<String[]> corrections;
    private final Map<String, Map<String, String>> enums = new TreeMap<>();

    /** Reads {@code go.tsv}, {@code enums.tsv} and {@code corrections.tsv} of a folder. */
    Supplement(Path folder) throws IOException {
        declarations = rows(folder.resolve("go.tsv"), 4);
        corrections = rows(folder.resolve("corrections.tsv"), 4);
        corrections.forEach(row -> row[3] = row[3].replace("\\n", "\n").replace("\\t", "\t"));
        for (String[] row : rows(folder.resolve("enums.tsv"), 3)) {
            enums.computeIfAbsent(row[0], type -> new LinkedHashMap<>()).put(row[1], row[2]);
        }
    }

    private static List<String[]> rows(Path file, int columns) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] row = line.split("\t", -1);
                if (row.length != columns) {
                    throw new IOException(file + ": " + columns + " columns expected: " + line);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Whether the messages of a package are no part of what a server publishes as its resources. */
    boolean unserved(String packageName) {
        return packageName.startsWith("k8s.io.api.apidiscovery.");
    }

    /** The package of a model without a message, or the empty string: the aggregator's API is in no protocol file. */
    String packageOf(String model) {
        return model.startsWith("V1APIService") || model.startsWith("ApiregistrationV1") ? AGGREGATOR : "";
    }

    /** Adds Go's declarations, what follows from them, and the corrections. */
    void apply(Map<String, TypeEntry> types) {
        types.values().forEach(type -> type.fields.values().forEach(Supplement::applyRule));
        for (String[] row : declarations) {
            FieldEntry field = field(types, row);
            String type = row[2].startsWith("*") ? row[2].substring(1) : row[2];
            field.pointer = row[2].startsWith("*");
            field.omitEmpty = row[3].contains("omitempty");
            field.omitZero = row[3].contains("omitzero");
            String owner = tail(row[0]);
            String shown = GoTypes.qualified(type, owner);
            field.goType = shown.equals(GoTypes.of(field.value)) ? "" : shown;
            addEnum(field, owner, type);
        }
        corrections.forEach(row -> correct(types, row));
        types.values().forEach(type -> type.fields.values().forEach(Supplement::addDefault));
    }

    private static void applyRule(FieldEntry field) {
        boolean structure = field.value.startsWith("io.k8s.");
        boolean number = field.value.startsWith("integer") || field.value.startsWith("number");
        boolean plain = List.of("metadata", "spec", "status").contains(field.name) || field.value.endsWith(".Time");
        field.pointer = !field.required && (number || structure && !plain);
        field.omitEmpty = !field.required;
    }

    private void addEnum(FieldEntry field, String owner, String goType) {
        String element = goType.replaceFirst("^\\[]", "");
        Map<String, String> values = enums.get(element.indexOf('/') >= 0 ? element : owner + "." + element);
        if (values != null && !goType.startsWith("[]")) {
            field.enums = List.copyOf(new java.util.TreeSet<>(values.keySet()));
            StringBuilder text = new StringBuilder(field.description).append("\n\nPossible enum values:");
            values.forEach((value, says) -> text.append("\n - `\"")
                    .append(value)
                    .append("\"`")
                    .append(says.isEmpty() ? "" : " ")
                    .append(says));
            field.description = text.toString();
        }
    }

    private static void correct(Map<String, TypeEntry> types, String[] row) {
        TypeEntry type = types.get(row[0]);
        if (row[2].equals("order")) {
            List<String> order = List.of(row[3].split(","));
            type.fields.values().forEach(field -> field.ordinal = order.indexOf(field.name));
        } else if (row[1].isEmpty()) {
            type.description = described(type.description, row);
        } else {
            FieldEntry field = field(types, row);
            switch (row[2]) {
                case "list-type" -> field.listType = row[3];
                case "list-map-keys" -> field.mapKeys = List.of(row[3].split(","));
                case "patch-strategy" -> field.patchStrategy = row[3];
                case "default" -> field.defaultValue = row[3];
                case "patch-merge-key" -> field.patchMergeKey = row[3];
                default -> field.description = described(field.description, row);
            }
        }
    }

    private static String described(String text, String[] row) {
        return switch (row[2]) {
            case "paragraph" -> replace(text, " " + row[3], "\n\n" + row[3], row);
            case "newline" -> replace(text, "\n" + row[3], "\n\n" + row[3], row);
            case "text" -> row[3];
            case "enum-space" -> replace(text, "\n\nPossible enum values:", "\n\n\nPossible enum values:", row);
            case "replace" -> {
                String[] words = row[3].split(" => ", -1);
                yield replace(text, words[0], words[1], row);
            }
            default -> throw new IllegalStateException("unknown correction " + String.join(" ", row));
        };
    }

    private static String replace(String text, String from, String to, String[] row) {
        int at = text.indexOf(from);
        if (at < 0) {
            throw new IllegalStateException("correction does not apply: " + String.join(" ", row));
        }
        return text.substring(0, at) + to + text.substring(at + from.length());
    }

    /** A value that is always written has a default: the zero value of its Go type. */
    private static void addDefault(FieldEntry field) {
        if (!field.defaultValue.isEmpty() || field.pointer) {
            return;
        }
        if (field.value.startsWith("io.k8s.")
                && (!SCALARS.containsKey(field.value) || field.value.endsWith("SubresourceStatus"))) {
            field.defaultValue = "{}";
        } else if (!field.omitEmpty) {
            field.defaultValue = switch (field.value) {
                case "string" -> "\"\"";
                case "boolean" -> "false";
                case "integer(int32)", "integer(int64)", "number(double)" -> "0";
                default -> "";
            };
        }
    }

    private static FieldEntry field(Map<String, TypeEntry> types, String[] row) {
        TypeEntry type = types.get(row[0]);
        FieldEntry field = type == null ? null : type.fields.get(row[1]);
        if (field == null) {
            throw new IllegalStateException("the artifacts have no field " + row[0] + " " + row[1]);
        }
        return field;
    }

    /** {@code io.k8s.api.core.v1.Container -> core/v1}. */
    static String tail(String type) {
        String[] parts = type.split("\\.");
        return parts[parts.length - 3] + "/" + parts[parts.length - 2];
    }
}
