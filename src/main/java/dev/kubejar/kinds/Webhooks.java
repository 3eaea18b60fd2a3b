package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;

/** MutatingWebhookConfiguration and ValidatingWebhookConfiguration (admissionregistration.k8s.io/v1). */
final class Webhooks {
    private Webhooks() {}

    static Kind build(String kind) {
        boolean mutating = kind.startsWith("Mutating");
        return KindTable.start("admissionregistration.k8s.io/v1", kind)
                .nameColumn()
                .column("Webhooks", "integer", 0, (each, now) -> each.at("webhooks")
                        .size())
                .ageColumn()
                .nameRule(Names::subdomain)
                .conditionalUpdateOnly()
                .defaults(each -> each.list("webhooks").forEach(webhook -> defaults(webhook, mutating)))
                .rule(WebhookRules::check)
                .build();
    }

    private static void defaults(Obj webhook, boolean mutating) {
        webhook.orSet("failurePolicy", "Fail").orSet("matchPolicy", "Equivalent");
        webhook.child("namespaceSelector");
        webhook.child("objectSelector");
        webhook.orSet("timeoutSeconds", 10);
        if (mutating) {
            webhook.orSet("reinvocationPolicy", "Never");
        }
        if (webhook.has("clientConfig.service")) {
            webhook.obj("clientConfig.service").orSet("port", 443);
        }
        webhook.list("rules").forEach(rule -> rule.orSet("scope", "*"));
    }
}
