package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoRegex;
import dev.kubejar.object.GoText;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A structural schema: every value has its type outside of the logic of {@code allOf}, {@code anyOf} and so on. */
final class StructuralRules {
    private enum Level {
        ROOT,
        ITEM,
        FIELD
    }

    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final String KEEPS = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";

    private final Problems problems = new Problems();

    private StructuralRules() {}

    static void check(JsonNode schema, String path, Problems problems) {
        StructuralRules rules = new StructuralRules();
        rules.schema(schema, Level.ROOT, path);
        rules.complete(schema, schema, path, path);
        List<ApiError.Cause> found = new ArrayList<>(rules.problems.causes());
        found.sort(Comparator.comparing(each -> each.field() + ": " + each.message()));
        found.forEach(each -> problems.add(each.reason(), each.field(), each.message()));
    }

    private static boolean set(JsonNode schema, String field) {
        return schema.path(field).asBoolean();
    }

    private void schema(JsonNode node, Level level, String path) {
        JsonNode schema = InternalForm.schema(node);
        String type = Schemas.text(schema, "type");
        JsonNode items = schema.path("items");
        if (type.equals("array") && !items.isObject()) {
            problems.required(path + ".items", "must be specified");
        }
        if (items.isObject()) {
            schema(items, Level.ITEM, path + ".items");
        }
        for (Map.Entry<String, JsonNode> each : GoText.sorted(schema.path("properties"))) {
            schema(each.getValue(), Level.FIELD, path + ".properties[" + each.getKey() + "]");
        }
        additional(schema, level, path);
        if (set(schema, INT_OR_STRING) && set(schema, KEEPS)) {
            problems.invalid(path + "." + KEEPS, true, "must be false if " + INT_OR_STRING + " is true");
        }
        if (set(schema, INT_OR_STRING) && set(schema, EMBEDDED)) {
            problems.invalid(path + "." + EMBEDDED, true, "must be false if " + INT_OR_STRING + " is true");
        }
        boolean any = eitherOr(schema.path("anyOf")) && set(schema, INT_OR_STRING);
        boolean all = eitherOr(schema.path("allOf").path(0).path("anyOf")) && set(schema, INT_OR_STRING);
        logic(schema, any, all, level, path);
        typed(schema, type, level, path);
        meta(schema, level, path);
    }

    private void additional(JsonNode schema, Level level, String path) {
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isMissingNode() || additional.isNull()) {
            return;
        }
        if (level == Level.ROOT) {
            problems.forbidden(path + ".additionalProperties", "must not be used at the root");
        }
        if (additional.isObject()) {
            schema(additional, Level.FIELD, path + ".additionalProperties");
        }
        if (set(schema, EMBEDDED)) {
            problems.forbidden(
                    path + ".additionalProperties", "must not be used if x-kubernetes-embedded-resource is set");
        }
    }

    private void typed(JsonNode schema, String type, Level level, String path) {
        if (set(schema, EMBEDDED) && !type.equals("object")) {
            String why = "must be object if x-kubernetes-embedded-resource is true";
            if (type.isEmpty()) {
                problems.required(path + ".type", why);
            } else {
                problems.invalid(path + ".type", type, why);
            }
        } else if (type.isEmpty() && !set(schema, INT_OR_STRING) && !set(schema, KEEPS)) {
            problems.required(
                    path + ".type",
                    switch (level) {
                        case ROOT -> "must not be empty at the root";
                        case ITEM -> "must not be empty for specified array items";
                        case FIELD -> "must not be empty for specified object fields";
                    });
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            problems.invalid(path + ".type", type, "must be object at the root");
        }
    }

    private void meta(JsonNode schema, Level level, String path) {
        JsonNode properties = schema.path("properties");
        boolean resource = level == Level.ROOT || set(schema, EMBEDDED);
        for (String name : List.of("kind", "apiVersion")) {
            if (resource
                    && properties.has(name)
                    && !Schemas.text(properties.get(name), "type").equals("string")) {
                String type = Schemas.text(properties.get(name), "type");
                problems.invalid(path + ".properties[" + name + "].type", type, "must be string");
            }
        }
        if (properties.has("metadata")) {
            metadata(InternalForm.schema(properties.get("metadata")), resource, level, path + ".properties[metadata]");
        }
        if (set(schema, EMBEDDED) && !set(schema, KEEPS) && properties.isEmpty()) {
            problems.required(
                    path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields");
        }
    }

    private void metadata(JsonNode schema, boolean resource, Level level, String path) {
        if (resource && !Schemas.text(schema, "type").equals("object")) {
            problems.invalid(path + ".type", Schemas.text(schema, "type"), "must be object");
        }
        if (level != Level.ROOT) {
            return;
        }
        ObjectNode rest = schema.deepCopy();
        rest.remove(List.of("type", "default"));
        JsonNode properties = rest.path("properties");
        boolean allowed = true;
        for (Map.Entry<String, JsonNode> each : properties.properties()) {
            allowed &= Set.of("name", "generateName").contains(each.getKey());
        }
        if (allowed) {
            rest.remove("properties");
        }
        for (Map.Entry<String, JsonNode> each : rest.properties()) {
            JsonNode value = each.getValue();
            boolean nothing = value.isNull()
                    || value.isBoolean() && !value.booleanValue()
                    || value.asText("x").isEmpty();
            if (!nothing) {
                problems.forbidden(
                        path,
                        "must not specify anything other than name and generateName, but metadata is implicitly"
                                + " specified");
                return;
            }
        }
    }

    /** Integer or string, in this order and without anything else. */
    private static boolean eitherOr(JsonNode any) {
        return any.size() == 2 && onlyType(any.get(0), "integer") && onlyType(any.get(1), "string");
    }

    private static boolean onlyType(JsonNode schema, String type) {
        return schema.size() == 1 && Schemas.text(schema, "type").equals(type);
    }

    private void logic(JsonNode schema, boolean skipAny, boolean skipFirstAll, Level level, String path) {
        for (int i = 0; i < schema.path("anyOf").size() && !skipAny; i++) {
            nested(schema.get("anyOf").get(i), false, level, path + ".anyOf[" + i + "]");
        }
        for (int i = 0; i < schema.path("allOf").size(); i++) {
            nested(schema.get("allOf").get(i), skipFirstAll && i == 0, level, path + ".allOf[" + i + "]");
        }
        for (int i = 0; i < schema.path("oneOf").size(); i++) {
            nested(schema.get("oneOf").get(i), false, level, path + ".oneOf[" + i + "]");
        }
        if (schema.path("not").isObject()) {
            nested(schema.get("not"), false, level, path + ".not");
        }
        String pattern = Schemas.text(schema, "pattern");
        String fault = pattern.isEmpty() ? "" : GoRegex.fault(pattern);
        if (!fault.isEmpty()) {
            problems.invalid(path + ".pattern", pattern, "must be a valid regular expression, but isn't: " + fault);
        }
    }

    private void nested(JsonNode node, boolean skipAny, Level level, String path) {
        JsonNode schema = InternalForm.schema(node);
        logic(schema, skipAny, false, level, path);
        if (schema.path("items").isObject()) {
            nested(schema.get("items"), false, level, path + ".items");
        }
        for (Map.Entry<String, JsonNode> each : GoText.sorted(schema.path("properties"))) {
            nested(each.getValue(), false, Level.FIELD, path + ".properties[" + each.getKey() + "]");
        }
        forbid(schema, path, "type", "must be empty to be structural");
        forbid(schema, path, "additionalProperties", "must be undefined to be structural");
        forbid(schema, path, "default", "must be undefined to be structural");
        forbid(schema, path, "title", "must be empty to be structural");
        forbid(schema, path, "description", "must be empty to be structural");
        forbid(schema, path, "nullable", "must be false to be structural");
        forbid(schema, path, KEEPS, "must be false to be structural");
        forbid(schema, path, EMBEDDED, "must be false to be structural");
        forbid(schema, path, INT_OR_STRING, "must be false to be structural");
        forbid(schema, path, "x-kubernetes-list-map-keys", "must be empty to be structural");
        forbid(schema, path, "x-kubernetes-list-type", "must be undefined to be structural");
        forbid(schema, path, "x-kubernetes-map-type", "must be undefined to be structural");
        forbid(schema, path, "x-kubernetes-validations", "must be empty to be structural");
        if (schema.path("properties").has("metadata")) {
            problems.forbidden(path + ".properties[metadata]", "must not be specified in a nested context");
        }
    }

    private void forbid(JsonNode schema, String path, String field, String why) {
        JsonNode value = schema.path(field);
        boolean told = Schemas.told(schema, field)
                && !(value.isTextual() && value.textValue().isEmpty() && !field.equals("default"))
                && !(value.isBoolean() && !value.booleanValue() && !field.equals("default"))
                && !(value.isArray() && value.isEmpty());
        if (told) {
            problems.forbidden(path + "." + field, why);
        }
    }

    /** Whatever the logic speaks of must have its place in the structure. */
    private void complete(JsonNode logic, JsonNode structure, String at, String from) {
        if (logic.path("not").isObject()) {
            place(logic.get("not"), structure, at, from + ".not");
        }
        for (String list : List.of("allOf", "anyOf", "oneOf")) {
            for (int i = 0; i < logic.path(list).size(); i++) {
                place(logic.get(list).get(i), structure, at, from + "." + list + "[" + i + "]");
            }
        }
    }

    private void place(JsonNode logic, JsonNode structure, String at, String from) {
        if (!structure.isObject() && !structure.isNull()) {
            problems.required(at, "because it is defined in " + from);
            return;
        }
        complete(logic, structure, at, from);
        if (logic.path("items").isObject()) {
            place(logic.get("items"), structure.path("items"), at + ".items", from + ".items");
        }
        for (Map.Entry<String, JsonNode> each : GoText.sorted(logic.path("properties"))) {
            String name = ".properties[" + each.getKey() + "]";
            JsonNode field = structure.path("properties").path(each.getKey());
            place(each.getValue(), field.isNull() ? MissingNode.getInstance() : field, at + name, from + name);
        }
    }
}
