package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoNumber;
import dev.kubejar.object.GoRegex;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.object.ParseError;
import dev.kubejar.schema.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks a value against an OpenAPI schema as kube-openapi does, in its words and its order. What an update leaves as it
 * is may stay as it is, where old and new value can be told to be the same place (KEP-4008).
 */
public final class ValueCheck {
    /** One fault; {@code name} is the path from the checked value, {@code message} what errors without a code say. */
    private record Fault(Code code, String name, JsonNode value, String message, long limit, JsonNode schema) {}

    private enum Code {
        TYPE,
        REQUIRED,
        TOO_LONG,
        ENUM,
        TOO_MANY,
        OTHER,
        PLAIN
    }

    private static final class Result {
        final List<Fault> faults = new ArrayList<>();
        int matches;

        void add(Fault fault) {
            for (Fault each : faults) {
                if (each.message.equals(fault.message)) {
                    return;
                }
            }
            faults.add(fault);
        }

        void merge(Result other) {
            matches += other.matches;
            other.faults.forEach(this::add);
        }

        boolean valid() {
            return faults.isEmpty();
        }
    }

    private ValueCheck() {}

    /** Checks a whole value; {@code base} is the path that its faults' paths start with, empty for an object. */
    public static void check(JsonNode schema, JsonNode value, JsonNode old, String base, Problems problems) {
        for (Fault fault : value("", schema, value, old).faults) {
            report(fault, base, problems);
        }
    }

    private static void report(Fault fault, String base, Problems problems) {
        String name = fault.name.startsWith(".") ? fault.name.substring(1) : fault.name;
        String path = name.isEmpty() || fault.code == Code.PLAIN ? base : base.isEmpty() ? name : base + "." + name;
        path = path.isEmpty() ? "<nil>" : path;
        switch (fault.code) {
            case REQUIRED -> problems.required(path, "");
            case TOO_LONG -> problems.tooLong(path, (int) fault.limit);
            case TOO_MANY -> problems.tooMany(path, fault.value.asInt(), (int) fault.limit);
            case ENUM -> problems.add("FieldValueNotSupported", path, notSupported(fault));
            case TYPE -> problems.typeInvalid(path, fault.value, fault.message);
            default -> problems.invalid(path, fault.value, fault.message);
        }
    }

    private static String notSupported(Fault fault) {
        StringBuilder text = new StringBuilder("Unsupported value: ").append(shown(fault.value));
        String separator = ": supported values: ";
        for (JsonNode each : fault.schema.path("enum")) {
            text.append(separator).append(GoText.quoted(each.isTextual() ? each.textValue() : Json.text(each)));
            separator = ", ";
        }
        return text.toString();
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? GoText.quoted(value.textValue()) : Json.text(value);
    }

    private static Result value(String path, JsonNode schema, JsonNode value, JsonNode old) {
        Result result = new Result();
        result.merge(type(path, schema, value));
        if (value.isNull()) {
            enumerated(path, schema, value, result);
        } else {
            combined(path, schema, value, old, result);
            switch (value.getNodeType()) {
                case STRING -> text(path, schema, value, result);
                case NUMBER -> number(path, schema, value, result);
                case ARRAY -> array(path, schema, value, old, result);
                case OBJECT -> object(path, schema, value, old, result);
                default -> {}
            }
            enumerated(path, schema, value, result);
            result.matches += 4;
        }
        if (!result.valid() && old != null && Same.values(value, old)) {
            result.faults.clear();
        }
        return result;
    }

    private static List<String> types(JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return List.of("integer", "string");
        }
        String type = schema.path("type").asText("");
        return type.isEmpty() || schema.path("type").isNull() ? List.of() : List.of(type);
    }

    private static String format(JsonNode schema, List<String> types) {
        String format = schema.path("format").asText("");
        return StringFormats.known(types.size() == 1 ? types.get(0) : "", format) ? format : "";
    }

    private static Result type(String path, JsonNode schema, JsonNode value) {
        Result result = new Result();
        result.matches++;
        List<String> types = types(schema);
        String format = format(schema, types);
        if (value.isNull()) {
            if (!types.isEmpty() && !schema.path("nullable").asBoolean()) {
                result.add(typeFault(path, String.join(",", types), "null"));
            }
            return result;
        }
        if (types.isEmpty() && format.isEmpty()) {
            return result;
        }
        String kind = kind(value);
        boolean integral = kind.equals("number") && types.contains("integer") && isWhole(value);
        boolean widened = kind.equals("integer") && types.contains("number");
        boolean right = types.contains(kind) || integral || widened;
        if (!value.isTextual() && !value.isArray() && !format.isEmpty() && !right) {
            String own = kind.equals("integer") ? "int64" : kind.equals("number") ? "float64" : "";
            if (!own.equals(format)) {
                result.add(typeFault(path, format, own));
                return result;
            }
        }
        boolean numeric = types.contains("number") || types.contains("integer");
        if (!numeric && !format.isEmpty() && (value.isTextual() || value.isArray())) {
            return result;
        }
        if (!right) {
            result.add(typeFault(path, String.join(",", types), kind));
        }
        return result;
    }

    private static boolean isWhole(JsonNode value) {
        return value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static Fault typeFault(String path, String type, String found) {
        return new Fault(
                Code.TYPE,
                path,
                Json.NODES.textNode(found),
                path + " in body must be of type " + type + ": " + GoText.quoted(found),
                0,
                null);
    }

    private static Fault other(String path, JsonNode value, String message) {
        return new Fault(Code.OTHER, path, value, path + " in body " + message, 0, null);
    }

    private static Fault plain(String path, String message) {
        return new Fault(Code.PLAIN, path, Json.NODES.textNode(""), message, 0, null);
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case OBJECT -> "object";
            default -> GoNumber.isInteger(value) ? "integer" : "number";
        };
    }

    private static void enumerated(String path, JsonNode schema, JsonNode value, Result result) {
        JsonNode allowed = schema.path("enum");
        if (!allowed.isArray() || allowed.isEmpty()) {
            return;
        }
        for (JsonNode each : allowed) {
            if (!value.isNull() && Same.values(each, value)) {
                return;
            }
        }
        result.add(new Fault(Code.ENUM, path, value, path + " in body should be one of", 0, schema));
    }

    private static boolean told(JsonNode schema, String field) {
        return schema.hasNonNull(field);
    }

    private static void text(String path, JsonNode schema, JsonNode value, Result result) {
        String text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (told(schema, "maxLength") && length > schema.get("maxLength").asLong()) {
            long most = schema.get("maxLength").asLong();
            String message = path + " in body should be at most " + most + " chars long";
            result.add(new Fault(Code.TOO_LONG, path, value, message, most, null));
        } else if (told(schema, "minLength") && length < schema.get("minLength").asLong()) {
            result.add(other(path, value, "should be at least " + schema.get("minLength") + " chars long"));
        } else {
            pattern(path, schema.path("pattern").asText(""), value, result);
        }
        String format = format(schema, types(schema));
        if (!format.isEmpty()
                && types(schema).stream().noneMatch(each -> each.equals("integer") || each.equals("number"))) {
            if (!StringFormats.holds(format, text)) {
                result.add(new Fault(
                        Code.TYPE,
                        path,
                        value,
                        path + " in body must be of type " + format + ": " + GoText.quoted(text),
                        0,
                        null));
            }
        }
    }

    private static void pattern(String path, String expression, JsonNode value, Result result) {
        if (expression.isEmpty()) {
            return;
        }
        try {
            Pattern pattern = GoRegex.compile(expression);
            if (!pattern.matcher(value.textValue()).find()) {
                result.add(other(path, value, "should match '" + expression + "'"));
            }
        } catch (ParseError e) {
            result.add(other(
                    path, value, "should match '" + expression + ", but pattern is invalid: " + e.getMessage() + "'"));
        }
    }

    private static void number(String path, JsonNode schema, JsonNode value, Result result) {
        BigDecimal number = value.decimalValue();
        boolean whole = GoNumber.isInteger(value);
        String type = schema.path("type").asText("");
        String format = format(schema, types(schema));
        if (type.equals("integer") && format.equals("int32") && whole && value.longValue() != (int) value.longValue()) {
            result.add(plain(path, "Checked value must be of type integer with format int32 in " + path));
        }
        if (told(schema, "multipleOf")) {
            BigDecimal factor = cut(schema.get("multipleOf"), whole);
            if (factor.signum() <= 0) {
                result.add(new Fault(
                        Code.OTHER,
                        path,
                        schema.get("multipleOf"), // the fault is the schema's, and so is the value that is shown
                        "factor MultipleOf declared for " + path + " must be positive: " + shownNumber(factor),
                        0,
                        null));
            } else if (number.remainder(factor).signum() != 0) {
                result.add(other(path, value, "should be a multiple of " + shownNumber(factor)));
            }
        }
        if (told(schema, "minimum")) {
            BigDecimal bound = cut(schema.get("minimum"), whole);
            boolean exclusive = schema.path("exclusiveMinimum").asBoolean();
            int order = number.compareTo(bound);
            if (order < 0 || exclusive && order == 0) {
                String words = exclusive ? "should be greater than " : "should be greater than or equal to ";
                result.add(other(path, value, words + shownNumber(bound)));
            }
        }
        if (told(schema, "maximum")) {
            BigDecimal bound = cut(schema.get("maximum"), whole);
            boolean exclusive = schema.path("exclusiveMaximum").asBoolean();
            int order = number.compareTo(bound);
            if (order > 0 || exclusive && order == 0) {
                String words = exclusive ? "should be less than " : "should be less than or equal to ";
                result.add(other(path, value, words + shownNumber(bound)));
            }
        }
    }

    /** A bound as it is compared with: cut to a whole number where the value is one. */
    private static BigDecimal cut(JsonNode bound, boolean whole) {
        return whole ? BigDecimal.valueOf(bound.decimalValue().longValue()) : bound.decimalValue();
    }

    private static String shownNumber(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0 && number.precision() - number.scale() < 21
                ? number.toBigInteger().toString()
                : GoNumber.shortest(number.doubleValue());
    }

    private static void array(String path, JsonNode schema, JsonNode value, JsonNode old, Result result) {
        JsonNode items = schema.path("items");
        if (items.isObject()) {
            for (int i = 0; i < value.size(); i++) {
                result.merge(value(path + "[" + i + "]", items, value.get(i), Same.item(schema, value.get(i), old)));
            }
        }
        JsonNode size = Json.NODES.numberNode(value.size());
        if (told(schema, "minItems") && value.size() < schema.get("minItems").asLong()) {
            result.add(other(path, size, "should have at least " + schema.get("minItems") + " items"));
        }
        if (told(schema, "maxItems") && value.size() > schema.get("maxItems").asLong()) {
            long most = schema.get("maxItems").asLong();
            String message = path + " in body should have at most " + most + " items";
            result.add(new Fault(Code.TOO_MANY, path, size, message, most, null));
        }
        if (schema.path("uniqueItems").asBoolean()) {
            for (int i = 1; i < value.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (Same.values(value.get(i), value.get(j))) {
                        result.add(other(path, Json.NODES.textNode(""), "shouldn't contain duplicates"));
                    }
                }
            }
        }
        result.matches++;
    }

    private static void object(String path, JsonNode schema, JsonNode value, JsonNode old, Result result) {
        JsonNode size = Json.NODES.numberNode(value.size());
        if (told(schema, "minProperties")
                && value.size() < schema.get("minProperties").asLong()) {
            result.add(other(path, size, "should have at least " + schema.get("minProperties") + " properties"));
        }
        if (told(schema, "maxProperties")
                && value.size() > schema.get("maxProperties").asLong()) {
            long most = schema.get("maxProperties").asLong();
            String message = path + " in body should have at most " + most + " properties";
            result.add(new Fault(Code.TOO_MANY, path, size, message, most, null));
        }
        JsonNode others = schema.path("additionalProperties");
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> field : GoText.sorted(value)) {
            String key = field.getKey();
            JsonNode before = old != null && old.isObject() ? old.get(key) : null;
            if (properties.has(key)) {
                boolean meta = path.isEmpty() && (key.equals("apiVersion") || key.equals("kind"));
                String name = path.isEmpty() ? key : path + "." + key;
                result.merge(value(name, properties.get(key), field.getValue(), meta ? null : before));
            } else if (others.isObject()) {
                result.merge(value(path + "." + key, others, field.getValue(), before));
            } else if (others.isBoolean() && !others.booleanValue()) {
                result.add(new Fault(
                        Code.OTHER,
                        path,
                        Json.NODES.textNode(key),
                        path + "." + key + " in body is a forbidden property",
                        0,
                        null));
            }
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                String full = path + "." + name.asText();
                result.add(new Fault(Code.REQUIRED, full, null, full + " in body is required", 0, null));
            }
        }
    }

    private static void combined(String path, JsonNode schema, JsonNode value, JsonNode old, Result result) {
        any(path, schema.path("anyOf"), value, old, result);
        one(path, schema.path("oneOf"), value, old, result);
        all(path, schema.path("allOf"), value, old, result);
        JsonNode not = schema.path("not");
        if (not.isObject() && value(path, not, value, old).valid()) {
            result.add(plain(path, GoText.quoted(path) + " must not validate the schema (not)"));
        }
        result.matches++;
    }

    private static void any(String path, JsonNode schemas, JsonNode value, JsonNode old, Result result) {
        if (schemas.isEmpty()) {
            return;
        }
        Result best = null;
        for (JsonNode each : schemas) {
            Result tried = value(path, each, value, old);
            if (tried.valid()) {
                result.matches += tried.matches;
                return;
            }
            if (best == null || tried.matches > best.matches) {
                best = tried;
            }
        }
        result.add(plain(path, GoText.quoted(path) + " must validate at least one schema (anyOf)"));
        result.merge(best);
    }

    private static void one(String path, JsonNode schemas, JsonNode value, JsonNode old, Result result) {
        if (schemas.isEmpty()) {
            return;
        }
        Result best = null;
        int valid = 0;
        for (JsonNode each : schemas) {
            Result tried = value(path, each, value, old);
            if (tried.valid()) {
                valid++;
                best = null;
            } else if (valid == 0 && (best == null || tried.matches > best.matches)) {
                best = tried;
            }
        }
        if (valid == 1) {
            return;
        }
        String found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
        result.add(plain(path, GoText.quoted(path) + " must validate one and only one schema (oneOf). " + found));
        if (best != null) {
            result.merge(best);
        }
    }

    private static void all(String path, JsonNode schemas, JsonNode value, JsonNode old, Result result) {
        int valid = 0;
        for (JsonNode each : schemas) {
            Result tried = value(path, each, value, old);
            valid += tried.valid() ? 1 : 0;
            result.merge(tried);
        }
        if (valid != schemas.size()) {
            String none = valid == 0 ? ". None validated" : "";
            result.add(plain(path, GoText.quoted(path) + " must validate all the schemas (allOf)" + none));
        }
    }
}
