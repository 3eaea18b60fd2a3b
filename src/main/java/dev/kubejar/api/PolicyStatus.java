package dev.kubejar.api;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.policy.TypeChecks;
import java.util.List;

/** Notes in a ValidatingAdmissionPolicy's status which of its expressions do not fit the types it is for. */
final class PolicyStatus implements Strategy {
    private static final GroupVersionResource POLICIES =
            GroupVersionResource.of("admissionregistration.k8s.io/v1", "validatingadmissionpolicies");

    private final Parts parts;

    PolicyStatus(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void written(Obj policy) {
        if (policy.deleting() || policy.generation() <= policy.number("status.observedGeneration")) {
            return;
        }
        Kind kind = parts.kinds().byResource(POLICIES).orElseThrow();
        Obj next = policy.copy();
        Obj status = next.child("status").set("observedGeneration", policy.generation());
        List<Obj> warnings = TypeChecks.check(policy, parts.kinds());
        Obj checking = status.child("typeChecking");
        checking.remove("expressionWarnings");
        if (!warnings.isEmpty()) {
            checking.set("expressionWarnings", warnings);
        }
        parts.registry().put(kind, policy, parts.decoding().canonical(kind, next));
    }
}
