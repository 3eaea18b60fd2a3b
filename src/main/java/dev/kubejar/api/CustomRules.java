package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoNumber;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks a custom object against its OpenAPI schema, in kube-openapi's words. What an update leaves as it is, it may keep. */
final class CustomRules {
    private final Problems problems;

    private CustomRules(Problems problems) {
        this.problems = problems;
    }

    static void check(JsonNode schema, Obj now, Obj before, Problems problems) {
        if (schema.isMissingNode()) {
            return;
        }
        CustomRules rules = new CustomRules(problems);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            JsonNode value = now.node().get(name);
            JsonNode old = before == null ? null : before.node().get(name);
            if (value != null && !List.of("apiVersion", "kind", "metadata").contains(name)) {
                rules.value(property.getValue(), value, old, name);
            }
        }
        rules.required(schema, now.node(), "");
    }

    private void value(JsonNode schema, JsonNode value, JsonNode old, String path) {
        if (old != null && Trees.same(old, value)) {
            return;
        }
        if (value.isNull()) {
            if (!schema.path("nullable").asBoolean()) {
                typeFault(path, "null", schema.path("type").asText("object"));
            }
            return;
        }
        if (!rightType(schema, value)) {
            String type = schema.path("x-kubernetes-int-or-string").asBoolean()
                    ? "integer,string"
                    : schema.path("type").asText();
            typeFault(path, kind(value), type);
            return;
        }
        enumerated(schema, value, path);
        switch (value.getNodeType()) {
            case STRING -> text(schema, value.textValue(), path);
            case NUMBER -> number(schema, value, path);
            case ARRAY -> array(schema, value, old, path);
            case OBJECT -> object(schema, value, old, path);
            default -> {}
        }
        combined(schema, value, path);
    }

    private void typeFault(String path, String found, String type) {
        problems.typeInvalid(path, found, path + " in body must be of type " + type + ": \"" + found + "\"");
    }

    private static boolean rightType(JsonNode schema, JsonNode value) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "null";
        };
    }

    private void enumerated(JsonNode schema, JsonNode value, String path) {
        JsonNode allowed = schema.path("enum");
        if (allowed.isEmpty()) {
            return;
        }
        List<String> shown = new ArrayList<>();
        for (JsonNode each : allowed) {
            if (Trees.same(each, value)) {
                return;
            }
            shown.add(each.isTextual() ? each.textValue() : Json.text(each));
        }
        StringBuilder text = new StringBuilder("Unsupported value: ").append(Json.text(value));
        for (int i = 0; i < shown.size(); i++) {
            text.append(i == 0 ? ": supported values: " : ", ").append(Problems.quoted(shown.get(i)));
        }
        problems.add("FieldValueNotSupported", path, text.toString());
    }

    private void text(JsonNode schema, String value, String path) {
        int length = value.codePointCount(0, value.length());
        if (schema.has("maxLength") && length > schema.get("maxLength").asLong()) {
            problems.tooLong(path, schema.get("maxLength").asInt());
        }
        if (schema.has("minLength") && length < schema.get("minLength").asLong()) {
            problems.invalid(
                    path, value, path + " in body should be at least " + schema.get("minLength") + " chars long");
        }
        String pattern = schema.path("pattern").asText();
        if (!pattern.isEmpty() && !matches(pattern, value)) {
            problems.invalid(path, value, path + " in body should match '" + pattern + "'");
        }
    }

    private static boolean matches(String pattern, String value) {
        try {
            return Pattern.compile(pattern).matcher(value).find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    private void number(JsonNode schema, JsonNode value, String path) {
        BigDecimal number = value.decimalValue();
        if (schema.has("maximum")) {
            int order = number.compareTo(schema.get("maximum").decimalValue());
            boolean exclusive = schema.path("exclusiveMaximum").asBoolean();
            if (order > 0 || exclusive && order == 0) {
                bound(path, value, exclusive ? "less than " : "less than or equal to ", schema.get("maximum"));
            }
        }
        if (schema.has("minimum")) {
            int order = number.compareTo(schema.get("minimum").decimalValue());
            boolean exclusive = schema.path("exclusiveMinimum").asBoolean();
            if (order < 0 || exclusive && order == 0) {
                bound(path, value, exclusive ? "greater than " : "greater than or equal to ", schema.get("minimum"));
            }
        }
        if (schema.has("multipleOf")
                && number.remainder(schema.get("multipleOf").decimalValue()).signum() != 0) {
            problems.invalid(
                    path, value, path + " in body should be a multiple of " + GoNumber.text(schema.get("multipleOf")));
        }
    }

    private void bound(String path, JsonNode value, String what, JsonNode bound) {
        problems.invalid(path, value, path + " in body should be " + what + GoNumber.text(bound));
    }

    private void array(JsonNode schema, JsonNode value, JsonNode old, String path) {
        if (schema.has("maxItems") && value.size() > schema.get("maxItems").asInt()) {
            problems.tooMany(path, value.size(), schema.get("maxItems").asInt());
        }
        if (schema.has("minItems") && value.size() < schema.get("minItems").asInt()) {
            problems.invalid(
                    path, value.size(), path + " in body should have at least " + schema.get("minItems") + " items");
        }
        JsonNode items = schema.path("items");
        for (int i = 0; i < value.size() && items.isObject(); i++) {
            JsonNode before = old == null || !old.isArray() ? null : old.get(i);
            value(items, value.get(i), before, path + "[" + i + "]");
        }
        distinct(schema, value, path);
    }

    private void distinct(JsonNode schema, JsonNode value, String path) {
        String type = schema.path("x-kubernetes-list-type").asText();
        boolean set = type.equals("set") || schema.path("uniqueItems").asBoolean();
        for (int i = 1; i < value.size() && (set || type.equals("map")); i++) {
            JsonNode key = set ? value.get(i) : keys(schema, value.get(i));
            for (int j = 0; j < i; j++) {
                if (key.equals(set ? value.get(j) : keys(schema, value.get(j)))) {
                    problems.duplicate(path + "[" + i + "]", key);
                    j = i;
                }
            }
        }
    }

    private static JsonNode keys(JsonNode schema, JsonNode item) {
        Obj keys = Obj.create();
        for (JsonNode name : schema.path("x-kubernetes-list-map-keys")) {
            JsonNode value = item.get(name.asText());
            if (value != null) {
                keys.node().set(name.asText(), value);
            }
        }
        return keys.node();
    }

    private void object(JsonNode schema, JsonNode value, JsonNode old, String path) {
        if (schema.has("maxProperties")
                && value.size() > schema.get("maxProperties").asInt()) {
            problems.tooMany(path, value.size(), schema.get("maxProperties").asInt());
        }
        if (schema.has("minProperties")
                && value.size() < schema.get("minProperties").asInt()) {
            problems.invalid(
                    path, value, path + " in body should have at least " + schema.get("minProperties") + " properties");
        }
        required(schema, value, path);
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode inner = schema.path("properties").path(field.getKey());
            inner = inner.isMissingNode() && others.isObject() ? others : inner;
            if (inner.isObject()) {
                JsonNode before = old == null ? null : old.get(field.getKey());
                value(inner, field.getValue(), before, path + "." + field.getKey());
            }
        }
    }

    private void required(JsonNode schema, JsonNode value, String path) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                problems.required(path.isEmpty() ? name.asText() : path + "." + name.asText(), "");
            }
        }
    }

    private void combined(JsonNode schema, JsonNode value, String path) {
        for (JsonNode each : schema.path("allOf")) {
            if (!holds(each, value, path)) {
                problems.invalid(path, "", "\"" + path + "\" must validate all the schemas (allOf)");
            }
        }
        JsonNode any = schema.path("anyOf");
        if (!any.isEmpty() && count(any, value, path) == 0) {
            problems.invalid(path, "", "\"" + path + "\" must validate at least one schema (anyOf)");
        }
        JsonNode one = schema.path("oneOf");
        int valid = count(one, value, path);
        if (!one.isEmpty() && valid != 1) {
            problems.invalid(
                    path,
                    "",
                    "\"" + path + "\" must validate one and only one schema (oneOf). Found "
                            + (valid == 0 ? "none valid" : valid + " valid alternatives"));
        }
        if (schema.has("not") && holds(schema.get("not"), value, path)) {
            problems.invalid(path, "", "\"" + path + "\" must not validate the schema (not)");
        }
    }

    private static int count(JsonNode schemas, JsonNode value, String path) {
        int valid = 0;
        for (JsonNode each : schemas) {
            valid += holds(each, value, path) ? 1 : 0;
        }
        return valid;
    }

    private static boolean holds(JsonNode schema, JsonNode value, String path) {
        Problems found = new Problems();
        new CustomRules(found).value(schema, value, null, path);
        return found.isEmpty();
    }
}
