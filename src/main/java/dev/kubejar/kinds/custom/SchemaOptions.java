package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.rules.WebhookClients;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How strict a check is: an update may keep what was accepted before. */
record SchemaOptions(
        boolean requireSchema,
        boolean requireTypes,
        boolean requireStructural,
        boolean requireKnownReview,
        boolean allowInvalidBundle,
        boolean ignoreCosts,
        Set<String> sameSchemas) {
    static SchemaOptions of(Obj now, Obj before) {
        if (before == null) {
            return new SchemaOptions(true, true, true, true, true, false, Set.of());
        }
        Set<String> same = new HashSet<>();
        for (Obj version : now.list("spec.versions")) {
            if (Schemas.unchanged(now, before, version.text("name"))) {
                same.add(version.text("name"));
            }
        }
        boolean all = before.list("spec.versions").stream().allMatch(each -> each.has("schema.openAPIV3Schema"));
        List<String> reviews = before.texts("spec.conversion.webhook.conversionReviewVersions");
        boolean known = reviews.isEmpty() || reviews.contains("v1") || reviews.contains("v1beta1");
        return new SchemaOptions(
                all,
                Schemas.of(before).stream().noneMatch(SchemaOptions::strangeTypes),
                true,
                known,
                bundleMayStay(before),
                false,
                same);
    }

    private static boolean strangeTypes(JsonNode schema) {
        return Schemas.any(
                schema,
                each -> !Schemas.text(each, "type").isEmpty()
                        && !SchemaRules.TYPES.contains(Schemas.text(each, "type")));
    }

    private static boolean bundleMayStay(Obj before) {
        if (!DefinitionRules.established(before)) {
            return true;
        }
        Obj client = before.obj("spec.conversion.webhook.clientConfig");
        Problems found = new Problems();
        WebhookClients.bundle(client, "caBundle", found);
        return !found.isEmpty();
    }

    /** The same, for a version of that name: costs of an unchanged schema are not judged again. */
    SchemaOptions ofVersion(String name) {
        return new SchemaOptions(
                requireSchema,
                requireTypes,
                requireStructural,
                requireKnownReview,
                allowInvalidBundle,
                sameSchemas.contains(name),
                sameSchemas);
    }
}
