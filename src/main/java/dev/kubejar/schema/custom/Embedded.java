package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoText;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Resources inside custom objects ({@code x-kubernetes-embedded-resource}), and pruning by a schema. */
public final class Embedded {
    private static final String RESOURCE = "x-kubernetes-embedded-resource";

    private Embedded() {}

    /** A copy without what the schema does not know. */
    public static JsonNode pruned(JsonNode schema, JsonNode value) {
        JsonNode copy = value.deepCopy();
        prune(schema, copy);
        return copy;
    }

    private static void prune(JsonNode schema, JsonNode value) {
        boolean keeps = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        boolean resource = schema.path(RESOURCE).asBoolean();
        if (value instanceof ObjectNode object) {
            JsonNode additional = schema.path("additionalProperties");
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (resource && (name.equals("apiVersion") || name.equals("kind") || name.equals("metadata"))) {
                    continue;
                }
                JsonNode inner = schema.path("properties").path(name);
                if (inner.isObject()) {
                    prune(inner, object.get(name));
                } else if (additional.isObject()) {
                    prune(additional, object.get(name));
                } else if (!keeps && !additional.asBoolean()) {
                    object.remove(name);
                }
            }
        } else if (value.isArray()) {
            value.forEach(each -> prune(schema.path("items"), each));
        }
    }

    /** Every embedded resource has a valid version, kind and metadata. */
    public static void check(JsonNode schema, JsonNode value, String path, Problems problems) {
        if (value.isArray()) {
            for (int i = 0; i < value.size() && schema.path("items").isObject(); i++) {
                check(schema.get("items"), value.get(i), path + "[" + i + "]", problems);
            }
            return;
        }
        if (!value.isObject()) {
            return;
        }
        if (schema.path(RESOURCE).asBoolean()) {
            resource(value, path, problems);
        }
        for (Map.Entry<String, JsonNode> each : GoText.sorted(value)) {
            JsonNode inner = schema.path("properties").path(each.getKey());
            if (inner.isObject()) {
                check(inner, each.getValue(), join(path, each.getKey()), problems);
            } else if (schema.path("additionalProperties").isObject()) {
                check(schema.get("additionalProperties"), each.getValue(), path + "[" + each.getKey() + "]", problems);
            }
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static void resource(JsonNode value, String path, Problems problems) {
        for (String field : List.of("apiVersion", "kind")) {
            if (!value.has(field)) {
                problems.required(join(path, field), "");
            }
        }
        if (value.has("apiVersion")) {
            version(value.get("apiVersion"), join(path, "apiVersion"), problems);
        }
        if (value.has("kind")) {
            kind(value.get("kind"), join(path, "kind"), problems);
        }
        JsonNode metadata = value.path("metadata");
        String at = join(path, "metadata");
        if (metadata.isObject()) {
            String name = metadata.path("name").asText("");
            for (String fault : name.isEmpty() ? List.<String>of() : Names.pathSegment(name)) {
                problems.invalid(at + ".name", name, fault);
            }
            labels(metadata, at, problems);
        }
    }

    private static void labels(JsonNode metadata, String path, Problems problems) {
        for (Map.Entry<String, JsonNode> each : GoText.sorted(metadata.path("labels"))) {
            for (String fault : Names.qualified(each.getKey())) {
                problems.invalid(path + ".labels", each.getKey(), fault);
            }
            for (String fault : Names.labelValue(each.getValue().asText())) {
                problems.invalid(path + ".labels", each.getValue().asText(), fault);
            }
        }
        for (Map.Entry<String, JsonNode> each : GoText.sorted(metadata.path("annotations"))) {
            for (String fault : Names.qualified(each.getKey().toLowerCase(Locale.ROOT))) {
                problems.invalid(path + ".annotations", each.getKey(), fault);
            }
        }
    }

    private static void version(JsonNode value, String path, Problems problems) {
        if (!value.isTextual()) {
            problems.invalid(path, value, "must be a string");
        } else if (value.textValue().isEmpty()) {
            problems.invalid(path, "", "must not be empty");
        } else if (value.textValue().chars().filter(c -> c == '/').count() > 1) {
            problems.invalid(path, value, "unexpected GroupVersion string: " + value.textValue());
        }
    }

    private static void kind(JsonNode value, String path, Problems problems) {
        if (!value.isTextual()) {
            problems.invalid(path, value, "must be a string");
        } else if (value.textValue().isEmpty()) {
            problems.invalid(path, "", "must not be empty");
        } else {
            List<String> faults = Names.label1035(value.textValue().toLowerCase(Locale.ROOT));
            if (!faults.isEmpty()) {
                problems.invalid(
                        path, value, "may have mixed case, but should otherwise match: " + String.join(",", faults));
            }
        }
    }
}
