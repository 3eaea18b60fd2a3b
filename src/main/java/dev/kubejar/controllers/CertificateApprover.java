package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Request;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.pki.CertificateRequest;
import dev.kubejar.sim.Outcome;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** Approves kubelets' requests for client certificates where their maker may have them: pkg/controller/certificates/approver. */
final class CertificateApprover extends Controller {
    private static final GroupVersionResource REVIEWS =
            GroupVersionResource.of("authorization.k8s.io/v1", "subjectaccessreviews");

    CertificateApprover(ActorContext context) {
        super(context, "csrapproving", "certificate-controller", "csrapproving");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(CertificateSigner.REQUESTS) && !change.deleted()) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj request = client.find(ref).orElse(null);
        if (request == null
                || !request.text("spec.signerName").equals("kubernetes.io/kube-apiserver-client-kubelet")
                || !request.text("status.certificate").isEmpty()
                || Conditions.find(request, "Approved") != null
                || Conditions.find(request, "Denied") != null) {
            return Outcome.done();
        }
        CertificateRequest asked = CertificateRequest.parse(Base64.getDecoder().decode(request.text("spec.request")));
        List<String> uses = request.texts("spec.usages");
        if (SignerRules.KUBELET_CLIENT.fault(asked, uses) != null) {
            return Outcome.done();
        }
        boolean self = request.text("spec.username").equals(asked.commonName());
        if (self && may(request, "selfnodeclient")) {
            approve(request, "Auto approving self kubelet client certificate after SubjectAccessReview.");
        } else if (may(request, "nodeclient")) {
            approve(request, "Auto approving kubelet client certificate after SubjectAccessReview.");
        }
        return Outcome.done();
    }

    private boolean may(Obj request, String subresource) {
        Obj review = Obj.create("authorization.k8s.io/v1", "SubjectAccessReview")
                .set("spec.user", request.text("spec.username"))
                .set("spec.resourceAttributes.group", "certificates.k8s.io")
                .set("spec.resourceAttributes.resource", "certificatesigningrequests")
                .set("spec.resourceAttributes.subresource", subresource)
                .set("spec.resourceAttributes.verb", "create")
                .set("spec.resourceAttributes.version", "*");
        review.child("spec").setTexts("groups", request.texts("spec.groups"));
        return client.create(REVIEWS, review).bool("status.allowed");
    }

    private void approve(Obj request, String message) {
        Obj copy = request.copy()
                .add(
                        "status.conditions",
                        Obj.create()
                                .set("type", "Approved")
                                .set("status", "True")
                                .set("reason", "AutoApproved")
                                .set("message", message));
        client.call(Request.update(CertificateSigner.REQUESTS, "", request.name(), copy)
                .subresource("approval"));
    }
}
