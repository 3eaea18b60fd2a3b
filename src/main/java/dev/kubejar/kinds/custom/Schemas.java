package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.custom.Same;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Walks over the schemas of a definition. */
final class Schemas {
    private Schemas() {}

    /** The definition's schemas, each once where all versions share it. */
    static List<JsonNode> of(Obj definition) {
        Obj spec = InternalForm.of(definition);
        List<JsonNode> all = new ArrayList<>();
        if (spec.has("validation.openAPIV3Schema")) {
            all.add(spec.at("validation.openAPIV3Schema"));
        }
        for (Obj version : spec.list("versions")) {
            if (version.has("schema.openAPIV3Schema")) {
                all.add(version.at("schema.openAPIV3Schema"));
            }
        }
        return all;
    }

    /** The schema of one version, missing where there is none. */
    static JsonNode ofVersion(Obj definition, String name) {
        for (Obj version : definition.list("spec.versions")) {
            if (version.text("name").equals(name)) {
                return version.at("schema.openAPIV3Schema");
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    static boolean unchanged(Obj now, Obj before, String version) {
        JsonNode old = ofVersion(before, version);
        return old.isObject() && Same.values(old, ofVersion(now, version));
    }

    /** A text of a schema, empty where it is not told. */
    static String text(JsonNode schema, String field) {
        JsonNode value = schema.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    static boolean told(JsonNode schema, String field) {
        return schema.hasNonNull(field);
    }

    /** Whether the schema or one inside it fulfils a condition; from the outside in. */
    static boolean any(JsonNode schema, Predicate<JsonNode> condition) {
        if (schema == null || schema.isMissingNode()) {
            return false;
        }
        JsonNode known = InternalForm.schema(schema);
        if (condition.test(known)) {
            return true;
        }
        JsonNode items = known.path("items");
        if (items.isObject() && any(items, condition)) {
            return true;
        }
        for (JsonNode each : items.isArray() ? items : List.<JsonNode>of()) {
            if (any(each, condition)) {
                return true;
            }
        }
        for (String list : List.of("allOf", "anyOf", "oneOf")) {
            for (JsonNode each : known.path(list)) {
                if (any(each, condition)) {
                    return true;
                }
            }
        }
        if (told(known, "not") && any(known.get("not"), condition)) {
            return true;
        }
        for (Map.Entry<String, JsonNode> each : GoText.sorted(known.path("properties"))) {
            if (any(each.getValue(), condition)) {
                return true;
            }
        }
        return known.path("additionalProperties").isObject() && any(known.get("additionalProperties"), condition);
    }
}
