package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.custom.Same;
import java.util.List;
import java.util.Map;

/**
 * A definition's spec as the server holds it inside, which is what its messages' paths tell: what all versions say
 * alike stands once at the top, and the webhook's configuration directly in the conversion.
 */
final class InternalForm {
    /** The version's field, and its name at the top. */
    private static final Map<String, String> SHARED = Map.of(
            "schema", "validation",
            "subresources", "subresources",
            "additionalPrinterColumns", "additionalPrinterColumns",
            "selectableFields", "selectableFields");

    private InternalForm() {}

    static Obj of(Obj definition) {
        Obj spec = definition.obj("spec").copy();
        List<Obj> versions = spec.list("versions");
        if (!versions.isEmpty()) {
            spec.set("version", versions.get(0).text("name"));
            for (Map.Entry<String, String> each : SHARED.entrySet()) {
                hoist(spec, versions, each.getKey(), each.getValue());
            }
        }
        conversion(spec);
        return spec;
    }

    private static void hoist(Obj spec, List<Obj> versions, String field, String top) {
        JsonNode first = told(versions.get(0), field);
        for (Obj version : versions) {
            if (!Same.values(first, told(version, field))) {
                return;
            }
        }
        if (first != null) {
            spec.set(top, first.<JsonNode>deepCopy());
        }
        versions.forEach(version -> version.remove(field));
    }

    /** The field's value; null where it is absent or says nothing. */
    private static JsonNode told(Obj version, String field) {
        JsonNode value = version.node().get(field);
        return value == null || value.isNull() || value.isArray() && value.isEmpty() ? null : value;
    }

    private static void conversion(Obj spec) {
        if (!spec.has("conversion.webhook")) {
            return;
        }
        Obj conversion = spec.obj("conversion");
        JsonNode versions = conversion.at("webhook.conversionReviewVersions");
        JsonNode client = conversion.at("webhook.clientConfig");
        conversion.remove("webhook");
        if (versions instanceof ArrayNode) {
            conversion.set("conversionReviewVersions", versions);
        }
        if (client.isObject()) {
            conversion.set("webhookClientConfig", client);
        }
    }

    /** A schema as it is read: {@code null} is an empty one. */
    static JsonNode schema(JsonNode node) {
        return node == null || !node.isObject() ? Json.object() : node;
    }
}
