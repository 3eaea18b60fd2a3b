package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** List types and map types, and the keys of lists of type map. */
final class TypeRules {
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";

    private TypeRules() {}

    static void maps(JsonNode schema, String path, Problems problems) {
        if (!Schemas.told(schema, MAP_TYPE)) {
            return;
        }
        String type = Schemas.text(schema, "type");
        wrongType(type, "object", path, "must be object if " + MAP_TYPE + " is specified", problems);
        String mapType = Schemas.text(schema, MAP_TYPE);
        if (!mapType.equals("atomic") && !mapType.equals("granular")) {
            problems.notSupported(path + "." + MAP_TYPE, mapType, List.of("atomic", "granular"));
        }
    }

    private static void wrongType(String type, String wanted, String path, String why, Problems problems) {
        if (type.isEmpty()) {
            problems.required(path + ".type", why);
        } else if (!type.equals(wanted)) {
            problems.invalid(path + ".type", type, why);
        }
    }

    static void lists(JsonNode schema, String path, Problems problems) {
        boolean told = Schemas.told(schema, LIST_TYPE);
        String listType = Schemas.text(schema, LIST_TYPE);
        String type = Schemas.text(schema, "type");
        if (told && !type.equals("array")) {
            wrongType(type, "array", path, "must be array if " + LIST_TYPE + " is specified", problems);
        } else if (listType.equals("set") && schema.path("items").isObject()) {
            set(schema.get("items"), path, problems);
        }
        if (told && !List.of("atomic", "set", "map").contains(listType)) {
            problems.notSupported(path + "." + LIST_TYPE, listType, List.of("atomic", "set", "map"));
        }
        if (!schema.path(KEYS).isEmpty()) {
            if (!told) {
                problems.required(path + "." + LIST_TYPE, "must be map if " + KEYS + " is non-empty");
            } else if (!listType.equals("map")) {
                problems.invalid(path + "." + LIST_TYPE, listType, "must be map if " + KEYS + " is non-empty");
            }
        }
        if (listType.equals("map")) {
            map(schema, path, problems);
        }
        if (listType.equals("map") || listType.equals("set")) {
            keys(schema, path, listType, problems);
        }
    }

    private static void set(JsonNode items, String path, Problems problems) {
        String why = "must be atomic as item of a list with " + LIST_TYPE + "=set";
        String inner = Schemas.text(items, "type");
        JsonNode shown = Schemas.told(items, LIST_TYPE) ? items.get(LIST_TYPE) : null;
        if (inner.equals("array") && shown != null && !shown.asText().equals("atomic")) {
            problems.invalid(path + ".items." + LIST_TYPE, shown, why);
        }
        if (inner.equals("object") && !Schemas.text(items, MAP_TYPE).equals("atomic")) {
            problems.invalid(path + ".items." + MAP_TYPE, shown, why);
        }
    }

    private static void map(JsonNode schema, String path, Problems problems) {
        JsonNode names = schema.path(KEYS);
        if (names.isEmpty()) {
            problems.required(path + "." + KEYS, "must not be empty if " + LIST_TYPE + " is map");
        }
        JsonNode items = schema.path("items");
        if (items.isMissingNode() || items.isNull()) {
            problems.required(path + ".items", "must have a schema if " + LIST_TYPE + " is map");
            return;
        }
        if (!items.isObject()) {
            problems.invalid(path + ".items", items, "must only have a single schema if " + LIST_TYPE + " is map");
            return;
        }
        String type = Schemas.text(items, "type");
        if (!type.equals("object")) {
            problems.invalid(path + ".items.type", type, "must be object if parent array's " + LIST_TYPE + " is map");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (JsonNode name : names) {
            JsonNode property = items.path("properties").path(name.asText());
            if (property.isMissingNode()) {
                problems.invalid(path + "." + KEYS, names, "entries must all be names of item properties");
            } else if (List.of("array", "object").contains(Schemas.text(property, "type"))) {
                problems.invalid(
                        path + ".items.properties[" + name.asText() + "].type",
                        type,
                        "must be a scalar type if parent array's " + LIST_TYPE + " is map");
            }
            if (!seen.add(name.asText())) {
                problems.invalid(path + "." + KEYS, names, "must not contain duplicate entries");
            }
        }
    }

    private static void keys(JsonNode schema, String path, String listType, Problems problems) {
        JsonNode items = schema.path("items");
        if (!items.isObject()) {
            return;
        }
        if (items.path("nullable").asBoolean()) {
            problems.forbidden(path + ".items.nullable", "cannot be nullable when " + LIST_TYPE + " is " + listType);
        }
        Set<String> required = new HashSet<>();
        items.path("required").forEach(each -> required.add(each.asText()));
        for (JsonNode name : listType.equals("map") ? schema.path(KEYS) : List.<JsonNode>of()) {
            JsonNode property = items.path("properties").path(name.asText());
            if (property.isMissingNode()) {
                continue;
            }
            String at = path + ".items.properties[" + name.asText() + "]";
            if (!required.contains(name.asText()) && !Schemas.told(property, "default")) {
                problems.required(
                        at + ".default",
                        "this property is in " + KEYS + ", so it must have a default or be a required property");
            }
            if (property.path("nullable").asBoolean()) {
                problems.forbidden(at + ".nullable", "this property is in " + KEYS + ", so it cannot be nullable");
            }
        }
    }
}
