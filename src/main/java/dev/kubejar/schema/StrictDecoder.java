package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoNumber;
import dev.kubejar.object.GoText;
import dev.kubejar.object.GoTime;
import dev.kubejar.object.Json;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks in one pass that a tree can be decoded into a type, as the API server's JSON decoder does, and words what cannot
 * as it does: the first wrong type wins over unknown fields, and a value that reads itself (a time, a quantity) over both.
 * Values of a custom resource are not decoded: of them it tells only the unknown fields, and validation the wrong types.
 */
public final class StrictDecoder {
    private static final int MAX_STRICT = 100;

    /**
     * What decoding found.
     *
     * @param error why the tree cannot be decoded at all, or null
     * @param strict what strict validation refuses, each such as {@code unknown field "spec.foo"}; empty after an error
     * @param faults everything that is wrong, with its place
     */
    public record Outcome(String error, List<String> strict, List<Fault> faults) {
        /** Whether a server that validates strictly takes the tree. */
        public boolean accepted() {
            return error == null && strict.isEmpty();
        }

        /** The refusal of a server that validates strictly, or null. */
        public String refusal() {
            if (error != null) {
                return error;
            }
            return strict.isEmpty() ? null : "strict decoding error: " + String.join(", ", strict);
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param path where: {@code spec.containers[0].image}
     * @param what in a word: {@code unknown field}, {@code duplicate field}; empty for a value that cannot be decoded
     * @param message in full
     */
    public record Fault(String path, String what, String message) {}

    /** The place of a value: the Go structure whose field it is in, and the fields from the root to it. */
    private final List<String> fields = new ArrayList<>();

    private final StringBuilder path = new StringBuilder();
    private final Set<String> strict = new LinkedHashSet<>();
    private final Set<Fault> faults = new LinkedHashSet<>();
    private String structure = "";
    private String error;
    private boolean aborted;
    private int lenient;

    private StrictDecoder() {}

    /** Checks a whole object; {@code duplicates} are the paths of fields that the document held twice. */
    public static Outcome decode(JsonNode object, FieldType type, List<String> duplicates) {
        StrictDecoder decoder = new StrictDecoder();
        decoder.structure(object, type);
        for (String path : duplicates) {
            decoder.refuse("duplicate field", path);
        }
        return new Outcome(
                decoder.error,
                decoder.error == null ? List.copyOf(decoder.strict) : List.of(),
                List.copyOf(decoder.faults));
    }

    public static Outcome decode(JsonNode object, FieldType type) {
        return decode(object, type, List.of());
    }

    /** The answer to a body that cannot be decoded: {@code Pod in version "v1" cannot be handled as a Pod: …}. */
    public static ApiError cannotBeHandled(String version, String kind, String why) {
        return ApiError.badRequest(
                kind + " in version " + GoText.quoted(version) + " cannot be handled as a " + kind + ": " + why);
    }

    private void structure(JsonNode node, FieldType type) {
        String outer = structure;
        int depth = path.length();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Field field = type.field(entry.getKey());
            if (field == null) {
                if (!type.keepsUnknown()) {
                    refuse("unknown field", path + (depth > 0 ? "." : "") + entry.getKey());
                }
                continue;
            }
            structure = type.simpleName();
            int stack = fields.size();
            if (!field.embedded().isEmpty()) {
                fields.add(field.embedded());
            }
            fields.add(field.name());
            path.append(depth > 0 ? "." : "").append(field.name());
            value(entry.getValue(), field.value(), field.goType());
            if (aborted) {
                return;
            }
            path.setLength(depth);
            while (fields.size() > stack) {
                fields.remove(fields.size() - 1);
            }
        }
        structure = outer;
    }

    private void value(JsonNode node, ValueType type, String goType) {
        if (node.isNull()) {
            return;
        }
        switch (type.kind()) {
            case OBJECT -> {
                if (node.isObject()) {
                    if (type.type() != null) {
                        structure(node, type.type());
                    }
                } else {
                    mismatch(node, goType);
                }
            }
            case ARRAY -> array(node, type, goType);
            case MAP -> map(node, type, goType);
            case STRING -> expect(node.isTextual(), node, goType);
            case BOOLEAN -> expect(node.isBoolean(), node, goType);
            case INT32 -> integer(node, goType, node.canConvertToInt());
            case INT64 -> integer(node, goType, node.canConvertToLong());
            case NUMBER -> expect(node.isNumber(), node, goType);
            case BYTES -> bytes(node, goType);
            case QUANTITY, TIME, MICRO_TIME, INT_OR_STRING -> reader(node, type.kind());
            case ANY -> schemaOr(node, type);
            case RAW -> {}
        }
    }

    private void expect(boolean right, JsonNode node, String goType) {
        if (!right) {
            mismatch(node, goType);
        }
    }

    private void array(JsonNode node, ValueType type, String goType) {
        if (!node.isArray()) {
            mismatch(node, goType);
            return;
        }
        String element = elementOf(goType, type.element());
        int depth = path.length();
        for (int i = 0; i < node.size() && !aborted; i++) {
            path.append('[').append(i).append(']');
            value(node.get(i), type.element(), element);
            path.setLength(depth);
        }
    }

    private void map(JsonNode node, ValueType type, String goType) {
        if (!node.isObject()) {
            mismatch(node, goType);
            return;
        }
        String element = elementOf(goType, type.element());
        int depth = path.length();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            path.append(depth > 0 ? "." : "").append(entry.getKey());
            value(entry.getValue(), type.element(), element);
            if (aborted) {
                return;
            }
            path.setLength(depth);
        }
    }

    private void integer(JsonNode node, String goType, boolean fits) {
        if (!node.isNumber()) {
            mismatch(node, goType);
        } else if (!node.isIntegralNumber() || !fits) {
            mismatch("number " + GoNumber.text(node), goType);
        }
    }

    private void bytes(JsonNode node, String goType) {
        if (!node.isTextual()) {
            expect(node.isArray(), node, goType);
            return;
        }
        int illegal = GoBase64.illegalAt(node.textValue());
        if (illegal >= 0) {
            fault("illegal base64 data at input byte " + illegal);
        }
    }

    /** A value that reads itself; its failure ends the whole decoding. */
    private void reader(JsonNode node, ValueKind kind) {
        if (structure.isEmpty()) {
            return;
        }
        try {
            switch (kind) {
                case QUANTITY ->
                    Quantity.parse((node.isTextual()
                                    ? node.textValue()
                                    : node.isNumber() ? GoNumber.text(node) : Json.text(node))
                            .strip());
                case INT_OR_STRING -> {
                    if (!node.isTextual() && !(node.isIntegralNumber() && node.canConvertToInt())) {
                        abort(mismatched(node.isNumber() ? "number " + GoNumber.text(node) : name(node), "int32"));
                    }
                }
                default -> {
                    if (!node.isTextual()) {
                        abort(mismatched(name(node), "string"));
                    } else if (kind == ValueKind.TIME) {
                        GoTime.seconds(node.textValue());
                    } else {
                        GoTime.micros(node.textValue());
                    }
                }
            }
        } catch (ParseError e) {
            abort(e.getMessage());
        }
    }

    /** The parts of a CustomResourceDefinition's schema that are a schema or something else; they are never read strictly. */
    private void schemaOr(JsonNode node, ValueType type) {
        String name = ValueType.simpleName(type.typeName());
        if (!name.startsWith("JSONSchemaPropsOr")) {
            return;
        }
        if (name.equals("JSONSchemaPropsOrBool") && !node.isObject() && !node.isBoolean()) {
            abort("boolean or JSON schema expected");
            return;
        }
        FieldType schema = FieldSchema.type("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps");
        boolean hadError = error != null;
        lenient++;
        if (node.isObject()) {
            structure(node, schema);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size() && !aborted; i++) {
                if (name.equals("JSONSchemaPropsOrStringArray")) {
                    expect(node.get(i).isTextual() || node.get(i).isNull(), node.get(i), "string");
                } else if (node.get(i).isObject()) {
                    structure(node.get(i), schema);
                } else if (!node.get(i).isNull()) {
                    mismatch(node.get(i), "v1.JSONSchemaProps");
                }
            }
        }
        lenient--;
        aborted |= !hadError && error != null;
    }

    private void mismatch(JsonNode node, String goType) {
        mismatch(name(node), goType);
    }

    private void mismatch(String value, String goType) {
        if (!structure.isEmpty()) {
            fault(mismatched(value, goType));
        }
    }

    private void fault(String why) {
        faults.add(new Fault(path.toString(), "", why));
        error = error == null ? why : error;
    }

    private String mismatched(String value, String goType) {
        return "json: cannot unmarshal " + value + " into Go struct field " + structure + "." + String.join(".", fields)
                + " of type " + goType;
    }

    private void abort(String why) {
        faults.add(new Fault(path.toString(), "", why));
        error = why;
        aborted = true;
    }

    private void refuse(String what, String where) {
        if (lenient == 0 && strict.size() < MAX_STRICT) {
            strict.add(what + " " + GoText.quoted(where));
            faults.add(new Fault(where, what, what + " " + GoText.quoted(where)));
        }
    }

    private static String name(JsonNode node) {
        JsonNodeType type = node.getNodeType();
        return switch (type) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            default -> "null";
        };
    }

    /** The Go type of the elements of {@code []v1.Container}, {@code map[string]string} or a named list or map. */
    private static String elementOf(String goType, ValueType element) {
        if (goType.startsWith("[]")) {
            return goType.substring(2);
        }
        if (goType.startsWith("map[")) {
            return goType.substring(goType.indexOf(']') + 1);
        }
        return goName(element);
    }

    private static String goName(ValueType type) {
        return switch (type.kind()) {
            case ARRAY -> "[]" + goName(type.element());
            case MAP -> "map[string]" + goName(type.element());
            case INT32 -> "int32";
            case INT64 -> "int64";
            case NUMBER -> "float64";
            case BOOLEAN -> "bool";
            case BYTES -> "[]uint8";
            case OBJECT, ANY, RAW -> type.typeName().isEmpty() ? "v1.JSON" : lastTwo(type.typeName());
            default -> "string";
        };
    }

    private static String lastTwo(String name) {
        int last = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', last - 1) + 1);
    }
}
