package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.client.Client;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster lets somebody in by: certificates that it signed and tokens that it issued. */
class CredentialsTest {
    private static final GroupVersionResource REQUESTS =
            GroupVersionResource.of("certificates.k8s.io/v1", "certificatesigningrequests");
    /** A request for {@code CN=jane, O=dev, O=ops} with a P-256 key. */
    private static final String JANE = "MIHmMIGNAgEAMCsxDDAKBgNVBAoMA2RldjEMMAoGA1UECgwDb3BzMQ0wCwYDVQQD\n"
            + "DARqYW5lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEayj5sYWIfaRuHK2M+D8X\n"
            + "n7Qsce+KIasVjWHLrFOj1lh2oDR6FkoOkZTDfuuLgx40HhPi7IrjQjaF9VKIAzUD\n"
            + "baAAMAoGCCqGSM49BAMCA0gAMEUCIQC+k6mHt8/emTW725oN6kRQqzRTn4Yss2jd\n"
            + "JoXjoIfkGQIgPWcUxQVWnmFbmmjW2mFQC2R2kLO2T608iIKIPnyI85s=\n";

    @TempDir
    Path folder;

    private LocalCluster cluster;
    private Client client;

    @BeforeEach
    void open() {
        Map<String, String> environment =
                Map.of("KUBEJAR_SEED", "7", "KUBEJAR_CLOCK", "frozen", "KUBEJAR_PROFILE", "bare");
        cluster = LocalCluster.open(
                new ClusterSettings(folder.resolve("state"), environment, InstantSource.system(), false, who -> {}));
        client = cluster.client(Identity.ADMIN);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void anApprovedRequestMakesAUserUntilItsCertificateExpires() {
        Obj request = Obj.create("certificates.k8s.io/v1", "CertificateSigningRequest", "", "jane");
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n" + JANE + "-----END CERTIFICATE REQUEST-----\n";
        request.set("spec.request", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
        request.set("spec.signerName", "kubernetes.io/kube-apiserver-client").set("spec.expirationSeconds", 3600);
        request.child("spec").setTexts("usages", List.of("client auth"));
        client.create(REQUESTS, request);
        Obj approved = client.get(new Ref(REQUESTS, "", "jane")).copy();
        approved.add("status.conditions", Obj.create().set("type", "Approved").set("status", "True"));
        client.call(Request.update(REQUESTS, "", "jane", approved).subresource("approval"));
        byte[] signed = Base64.getDecoder()
                .decode(client.get(new Ref(REQUESTS, "", "jane")).text("status.certificate"));
        byte[] der = Pem.first(signed, "CERTIFICATE");
        Identity jane = cluster.certified(der);
        assertEquals("jane", jane.user());
        assertEquals(List.of("dev", "ops", "system:authenticated"), jane.groups());
        der[der.length / 2] ^= 1;
        assertThrows(ApiError.class, () -> cluster.certified(der));
        der[der.length / 2] ^= 1;
        cluster.advance(Duration.ofHours(2));
        assertThrows(ApiError.class, () -> cluster.certified(der));
        assertTrue(client.find(new Ref(REQUESTS, "", "jane")).isEmpty());
    }

    @Test
    void aTokenIsGoodAsLongAsWhatItIsBoundTo() {
        Obj secret = Obj.create("v1", "Secret", "default", "s");
        client.create(Resources.SECRETS, secret);
        Obj asked = Obj.create("authentication.k8s.io/v1", "TokenRequest");
        asked.set("spec.boundObjectRef.kind", "Secret").set("spec.boundObjectRef.apiVersion", "v1");
        asked.set("spec.boundObjectRef.name", "s");
        Ref account = new Ref(Resources.SERVICEACCOUNTS, "default", "default");
        String token =
                client.call(Request.create(account, "token", asked)).object().text("status.token");
        assertEquals(
                "system:serviceaccount:default:default",
                cluster.authenticate(token).user());
        assertThrows(ApiError.class, () -> cluster.authenticate(token + "x"));
        client.delete(new Ref(Resources.SECRETS, "default", "s"));
        assertThrows(ApiError.class, () -> cluster.authenticate(token));
    }
}
