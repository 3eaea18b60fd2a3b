package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.List;

/** ValidatingAdmissionPolicy: expressions refuse a request, or warn of it, where bindings say so. */
final class ValidatingPolicies implements Admission {
    static final String VERSION = "admissionregistration.k8s.io/v1";
    private static final GroupVersionResource BINDINGS =
            GroupVersionResource.of(VERSION, "validatingadmissionpolicybindings");
    private static final GroupVersionResource POLICIES =
            GroupVersionResource.of(VERSION, "validatingadmissionpolicies");

    private ValidatingPolicy judge;

    @Override
    public void validate(Attributes request) {
        if (!request.reader().any(BINDINGS) || RequestMatcher.exempt(request)) {
            return;
        }
        List<Obj> bindings = request.reader().list(BINDINGS, "");
        if (judge == null) {
            judge = new ValidatingPolicy();
        }
        judge.validate(request, request.reader().list(POLICIES, ""), bindings);
    }
}
