package dev.kubejar.admission;

import dev.kubejar.api.Attributes;
import dev.kubejar.object.GroupVersionResource;

/** Who may act for a signer: permission for it by name, or for all signers of its domain. */
final class CertificateSigners {
    static final GroupVersionResource REQUESTS =
            GroupVersionResource.of("certificates.k8s.io/v1", "certificatesigningrequests");

    private static final GroupVersionResource SIGNERS = GroupVersionResource.of("certificates.k8s.io/*", "signers");

    private CertificateSigners() {}

    /** Whether the requesting user may {@code approve}, {@code sign} or {@code attest} for a signer. */
    static boolean allowed(Attributes request, String verb, String signer) {
        String domain = signer.contains("/") ? signer.substring(0, signer.indexOf('/')) : signer;
        return request.may(verb, SIGNERS, signer) || request.may(verb, SIGNERS, domain + "/*");
    }
}
