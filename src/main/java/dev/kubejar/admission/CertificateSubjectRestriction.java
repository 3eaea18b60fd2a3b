package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.pki.CertificateRequest;
import java.util.Base64;

/** Nobody asks for a client certificate of the group that may do everything. */
final class CertificateSubjectRestriction implements Admission {
    private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

    @Override
    public void validate(Attributes request) {
        if (!request.creates()
                || !request.about(CertificateSigners.REQUESTS)
                || !request.object().text("spec.signerName").equals(SIGNER)) {
            return;
        }
        CertificateRequest asked;
        try {
            asked = CertificateRequest.parse(
                    Base64.getMimeDecoder().decode(request.object().text("spec.request")));
        } catch (IllegalArgumentException e) {
            throw request.forbidden("failed to parse CSR: " + e.getMessage());
        }
        if (asked.organizations().contains("system:masters")) {
            throw request.forbidden("use of " + SIGNER + " signer with system:masters group is not allowed");
        }
    }
}
