package dev.kubejar;

import dev.kubejar.client.Identity;
import dev.kubejar.object.ApiError;
import dev.kubejar.pki.Certificate;
import dev.kubejar.pki.ClusterKeys;
import dev.kubejar.sim.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whom a client certificate makes of its holder: the common name is the user, the organizations are the groups. */
final class Certified {
    private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

    private Certified() {}

    /** The identity; 401 where the cluster's authority did not sign the certificate, or it has expired. */
    static Identity identity(byte[] der, Memory memory, Instant now) {
        if (ClusterKeys.issued(der, memory)) {
            Certificate certificate = Certificate.of(der);
            if (certificate.valid(now) && !certificate.commonName().isEmpty()) {
                List<String> groups = new ArrayList<>(certificate.organizations());
                groups.add("system:authenticated");
                return new Identity(
                        certificate.commonName(),
                        "",
                        groups,
                        Map.of(CREDENTIAL, List.of("X509SHA256=" + certificate.fingerprint())));
            }
        }
        throw new ApiError(401, "Unauthorized", "Unauthorized");
    }
}
