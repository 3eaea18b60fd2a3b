package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.object.GroupVersionResource;

/** MutatingAdmissionWebhook. */
final class MutatingWebhooks implements Admission {
    private static final GroupVersionResource CONFIGURATIONS =
            GroupVersionResource.of(ValidatingPolicies.VERSION, "mutatingwebhookconfigurations");

    @Override
    public void admit(Attributes request) {
        if (request.reader().any(CONFIGURATIONS)) {
            Webhooks.call(CONFIGURATIONS, request);
        }
    }
}
