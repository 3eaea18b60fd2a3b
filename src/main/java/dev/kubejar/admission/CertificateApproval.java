package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.object.GoText;

/** Only who may approve for a signer approves or denies requests to it. */
final class CertificateApproval implements Admission {
    @Override
    public void validate(Attributes request) {
        if (!request.updates()
                || !request.subresource().equals("approval")
                || !request.aboutAny(CertificateSigners.REQUESTS)) {
            return;
        }
        String signer = request.before().text("spec.signerName");
        if (!CertificateSigners.allowed(request, "approve", signer)) {
            throw request.forbidden("user not permitted to approve requests with signerName " + GoText.quoted(signer));
        }
    }
}
