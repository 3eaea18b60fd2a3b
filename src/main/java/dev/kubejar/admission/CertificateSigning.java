package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;

/** Only who may sign for a signer puts a certificate or a condition into the status of a request to it. */
final class CertificateSigning implements Admission {
    @Override
    public void validate(Attributes request) {
        if (!request.updates()
                || !request.subresource().equals("status")
                || !request.aboutAny(CertificateSigners.REQUESTS)) {
            return;
        }
        Obj now = request.object();
        Obj before = request.before();
        boolean same = now.text("status.certificate").equals(before.text("status.certificate"))
                && now.list("status.conditions").equals(before.list("status.conditions"));
        String signer = before.text("spec.signerName");
        if (!same && !CertificateSigners.allowed(request, "sign", signer)) {
            throw request.forbidden("user not permitted to sign requests with signerName " + GoText.quoted(signer));
        }
    }
}
