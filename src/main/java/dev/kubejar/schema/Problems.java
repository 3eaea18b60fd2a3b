package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The faults found in one object, in the order in which they were found, worded as apimachinery's field errors are. A
 * validation collects; the pipeline throws once.
 */
public final class Problems {
    private final List<ApiError.Cause> causes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    public boolean isEmpty() {
        return causes.isEmpty();
    }

    public List<ApiError.Cause> causes() {
        return causes;
    }

    public List<String> warnings() {
        return warnings;
    }

    /** Tells the client something that does not refuse the request. */
    public void warn(String text) {
        if (!warnings.contains(text)) {
            warnings.add(text);
        }
    }

    /** {@code Required value}, with an explanation where there is one. */
    public void required(String path, String detail) {
        add("FieldValueRequired", path, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    /** {@code Invalid value: "x": detail}; the value is written as Go's field errors write it. */
    public void invalid(String path, Object value, String detail) {
        add("FieldValueInvalid", path, "Invalid value: " + shown(value) + (detail.isEmpty() ? "" : ": " + detail));
    }

    /** {@code Invalid value: detail}, the value untold. */
    public void invalid(String path, String detail) {
        add("FieldValueInvalid", path, "Invalid value: " + detail);
    }

    public void duplicate(String path, Object value) {
        add("FieldValueDuplicate", path, "Duplicate value: " + shown(value));
    }

    public void notFound(String path, Object value) {
        add("FieldValueNotFound", path, "Not found: " + shown(value));
    }

    /** {@code Unsupported value: "x": supported values: "a", "b"}: a list in its order, any other collection sorted. */
    public void notSupported(String path, Object value, Collection<String> supported) {
        StringBuilder text = new StringBuilder("Unsupported value: ").append(shown(value));
        String separator = ": supported values: ";
        for (String each : supported instanceof List ? supported : new TreeSet<>(supported)) {
            text.append(separator).append(quoted(each));
            separator = ", ";
        }
        add("FieldValueNotSupported", path, text.toString());
    }

    public void forbidden(String path, String detail) {
        add("FieldValueForbidden", path, detail.isEmpty() ? "Forbidden" : "Forbidden: " + detail);
    }

    public void tooLong(String path, int maxLength) {
        add(
                "FieldValueTooLong",
                path,
                "Too long: may not be more than " + maxLength + (maxLength == 1 ? " byte" : " bytes"));
    }

    public void tooMany(String path, int actual, int max) {
        add(
                "FieldValueTooMany",
                path,
                "Too many: " + actual + ": "
                        + (max < 0
                                ? "has too many items"
                                : "must have at most " + max + (max == 1 ? " item" : " items")));
    }

    public void typeInvalid(String path, Object value, String detail) {
        add("FieldValueTypeInvalid", path, "Invalid value: " + shown(value) + (detail.isEmpty() ? "" : ": " + detail));
    }

    public void internal(String path, String detail) {
        add("InternalError", path, "Internal error: " + detail);
    }

    public void add(String reason, String path, String message) {
        causes.add(new ApiError.Cause(reason, message, path));
    }

    /** Throws everything found as one 422, or does nothing. */
    public void orThrow(String group, String kind, String name) {
        if (!causes.isEmpty()) {
            throw ApiError.invalid(group, kind, name, causes);
        }
    }

    private static String shown(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof JsonNode node) {
            return node.isTextual() ? quoted(node.textValue()) : node.isMissingNode() ? "null" : json(node);
        }
        return value instanceof String text ? quoted(text) : value.toString();
    }

    /** JSON as Go writes it. */
    private static String json(JsonNode node) {
        return Json.text(node).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    /** A string as Go's %q writes it. */
    public static String quoted(String text) {
        return GoText.quoted(text);
    }
}
