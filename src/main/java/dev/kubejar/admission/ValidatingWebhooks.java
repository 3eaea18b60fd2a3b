package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.object.GroupVersionResource;

/** ValidatingAdmissionWebhook. */
final class ValidatingWebhooks implements Admission {
    private static final GroupVersionResource CONFIGURATIONS =
            GroupVersionResource.of(ValidatingPolicies.VERSION, "validatingwebhookconfigurations");

    @Override
    public void validate(Attributes request) {
        if (request.reader().any(CONFIGURATIONS)) {
            Webhooks.call(CONFIGURATIONS, request);
        }
    }
}
