package dev.kubejar.kinds.custom;

import dev.kubejar.kinds.rules.Values;
import dev.kubejar.kinds.rules.WebhookClients;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How one version of a custom object is turned into another. */
final class ConversionRules {
    private static final List<String> ACCEPTED = List.of("v1", "v1beta1");

    private ConversionRules() {}

    static void check(Obj conversion, SchemaOptions options, Problems problems) {
        String path = "spec.conversion";
        String strategy = conversion.text("strategy");
        Values.oneOf(problems, path + ".strategy", strategy, "None", "Webhook");
        Obj client = conversion.obj("webhookClientConfig");
        boolean configured = conversion.has("webhookClientConfig");
        List<String> versions = conversion.texts("conversionReviewVersions");
        if (!strategy.equals("Webhook")) {
            String only = "should not be set when strategy is not set to Webhook";
            if (configured) {
                problems.forbidden(path + ".webhookClientConfig", only);
            }
            if (!versions.isEmpty()) {
                problems.forbidden(path + ".conversionReviewVersions", only);
            }
            return;
        }
        if (!configured) {
            problems.required(path + ".webhookClientConfig", "required when strategy is set to Webhook");
        } else {
            WebhookClients.check(client, path + ".webhookClientConfig", !options.allowInvalidBundle(), problems);
        }
        versions(versions, options.requireKnownReview(), path + ".conversionReviewVersions", problems);
    }

    private static void versions(List<String> versions, boolean known, String path, Problems problems) {
        if (versions.isEmpty()) {
            problems.required(path, "");
            return;
        }
        Set<String> seen = new HashSet<>();
        boolean accepted = false;
        for (int i = 0; i < versions.size(); i++) {
            String version = versions.get(i);
            if (!seen.add(version)) {
                problems.invalid(path + "[" + i + "]", version, "duplicate version");
                continue;
            }
            Values.named(problems, path + "[" + i + "]", version, Names.label1035(version));
            accepted |= ACCEPTED.contains(version);
        }
        if (known && !accepted) {
            problems.invalid(
                    path,
                    Obj.create().setTexts("v", versions).at("v"),
                    "must include at least one of " + String.join(", ", ACCEPTED));
        }
    }
}
