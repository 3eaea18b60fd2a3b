package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.custom.FieldPaths;
import java.util.List;

/** The form of {@code x-kubernetes-validations}; what their expressions say is {@link RuleScope}'s matter. */
final class ValidationRules {
    static final String FIELD = "x-kubernetes-validations";
    private static final List<String> REASONS =
            List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");

    private ValidationRules() {}

    static void check(JsonNode schema, String path, Problems problems) {
        JsonNode rules = schema.path(FIELD);
        for (int i = 0; i < rules.size(); i++) {
            rule(schema, rules.get(i), path + "." + FIELD + "[" + i + "]", problems);
        }
    }

    private static void rule(JsonNode schema, JsonNode rule, String path, Problems problems) {
        String text = Schemas.text(rule, "rule").strip();
        String message = Schemas.text(rule, "message");
        String trimmed = message.strip();
        if (text.isEmpty()) {
            problems.required(path + ".rule", "rule is not specified");
        } else if (!message.isEmpty() && trimmed.isEmpty()) {
            problems.invalid(path + ".message", message, "must be non-empty if specified");
        } else if (lines(trimmed)) {
            problems.invalid(path + ".message", message, "must not contain line breaks");
        } else if (lines(text) && trimmed.isEmpty()) {
            problems.required(path + ".message", "message must be specified if rule contains line breaks");
        }
        String expression = Schemas.text(rule, "messageExpression");
        if (!expression.isEmpty() && expression.isBlank()) {
            problems.required(path + ".messageExpression", "messageExpression must be non-empty if specified");
        }
        if (Schemas.told(rule, "reason") && !REASONS.contains(Schemas.text(rule, "reason"))) {
            problems.notSupported(path + ".reason", Schemas.text(rule, "reason"), REASONS);
        }
        fieldPath(schema, Schemas.text(rule, "fieldPath"), path + ".fieldPath", problems);
    }

    private static void fieldPath(JsonNode schema, String value, String path, Problems problems) {
        if (value.isEmpty()) {
            return;
        }
        if (value.isBlank()) {
            problems.invalid(path, value, "must be non-empty if specified");
        }
        if (lines(value)) {
            problems.invalid(path, value, "must not contain line breaks");
        }
        if (FieldPaths.find(value, schema, true).fault() != null) {
            problems.invalid(path, value, "must be a valid path");
        }
    }

    private static boolean lines(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
