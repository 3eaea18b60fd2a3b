package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoText;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.custom.Embedded;
import dev.kubejar.schema.custom.RuleCheck;
import dev.kubejar.schema.custom.Same;
import dev.kubejar.schema.custom.ValueCheck;
import java.util.Map;

/** Defaults must fulfil the schema that they stand in. */
final class DefaultRules {
    private DefaultRules() {}

    static void check(JsonNode schema, String path, Problems problems) {
        schema(schema, path, problems);
    }

    private static void schema(JsonNode node, String path, Problems problems) {
        JsonNode schema = InternalForm.schema(node);
        if (Schemas.told(schema, "default")) {
            value(schema, schema.get("default"), path + ".default", problems);
        }
        if (schema.path("items").isObject()) {
            schema(schema.get("items"), path + ".items", problems);
        }
        for (Map.Entry<String, JsonNode> each : GoText.sorted(schema.path("properties"))) {
            schema(each.getValue(), path + ".properties[" + each.getKey() + "]", problems);
        }
    }

    private static void value(JsonNode schema, JsonNode value, String path, Problems problems) {
        JsonNode pruned = Embedded.pruned(schema, value);
        if (!Same.values(pruned, value)) {
            problems.invalid(path, value, "must not have unknown fields");
        }
        Problems found = new Problems();
        Embedded.check(schema, value, path, found);
        if (found.isEmpty()) {
            ValueCheck.check(schema, value, null, path, found);
        }
        if (found.isEmpty()) {
            RuleCheck rules = RuleCheck.of(
                    schema, schema.path("x-kubernetes-embedded-resource").asBoolean());
            if (rules != null) {
                rules.check(value, value, path, found);
            }
            if (rules != null && found.isEmpty()) {
                rules.check(value, null, path, found);
            }
        }
        found.causes().forEach(each -> problems.add(each.reason(), each.field(), each.message()));
    }
}
