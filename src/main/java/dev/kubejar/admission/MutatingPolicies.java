package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.List;

/** MutatingAdmissionPolicy: expressions make patches of the object that is admitted. */
final class MutatingPolicies implements Admission {
    private static final GroupVersionResource BINDINGS =
            GroupVersionResource.of(ValidatingPolicies.VERSION, "mutatingadmissionpolicybindings");
    private static final GroupVersionResource POLICIES =
            GroupVersionResource.of(ValidatingPolicies.VERSION, "mutatingadmissionpolicies");

    private MutatingPolicy patcher;

    @Override
    public void admit(Attributes request) {
        // A Scale has no fields that a mutation could leave in the object behind it but its replicas.
        if (!request.reader().any(BINDINGS) || RequestMatcher.exempt(request) || request.scales()) {
            return;
        }
        List<Obj> bindings = request.reader().list(BINDINGS, "");
        if (patcher == null) {
            patcher = new MutatingPolicy();
        }
        patcher.admit(request, request.reader().list(POLICIES, ""), bindings);
    }
}
