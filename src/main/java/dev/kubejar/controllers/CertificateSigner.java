package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.pki.CertificateRequest;
import dev.kubejar.pki.ClusterKeys;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** Signs approved requests to Kubernetes' own signers with the cluster's authority: pkg/controller/certificates/signer. */
final class CertificateSigner extends Controller {
    static final GroupVersionResource REQUESTS =
            GroupVersionResource.of("certificates.k8s.io/v1", "certificatesigningrequests");

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    CertificateSigner(ActorContext context) {
        super(context, "csrsigning", "certificate-controller", "csrsigning");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(REQUESTS) && !change.deleted()) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj request = client.find(ref).orElse(null);
        if (request == null
                || !request.text("status.certificate").isEmpty()
                || !Conditions.isTrue(request, "Approved")
                || Conditions.isTrue(request, "Denied")
                || Conditions.isTrue(request, "Failed")) {
            return Outcome.done();
        }
        String signer = request.text("spec.signerName");
        if (!signer.equals("kubernetes.io/legacy-unknown") && SignerRules.of(signer) == null) {
            return Outcome.done();
        }
        CertificateRequest asked = CertificateRequest.parse(Base64.getDecoder().decode(request.text("spec.request")));
        String fault = fault(signer, asked, request.texts("spec.usages"));
        Obj copy = request.copy();
        if (fault != null) {
            copy.add("status.conditions", failed(fault));
        } else {
            byte[] pem = sign(request, asked).getBytes(StandardCharsets.US_ASCII);
            copy.set("status.certificate", Base64.getEncoder().encodeToString(pem));
        }
        client.updateStatus(REQUESTS, copy);
        return Outcome.done();
    }

    private static String fault(String signer, CertificateRequest asked, List<String> uses) {
        SignerRules rules = SignerRules.of(signer);
        return rules == null ? null : rules.fault(asked, uses);
    }

    private String sign(Obj request, CertificateRequest asked) {
        Instant now = clock.now();
        Duration life = LONGEST;
        if (request.has("spec.expirationSeconds")) {
            life = Duration.ofSeconds(request.number("spec.expirationSeconds"));
            life = life.compareTo(LONGEST) > 0 ? LONGEST : life.compareTo(SHORTEST) < 0 ? SHORTEST : life;
        }
        return ClusterKeys.authority(context.memory(), context.randoms(), now)
                .sign(asked, request.texts("spec.usages"), life, now, context.randoms());
    }

    private Obj failed(String why) {
        return Obj.create()
                .set("type", "Failed")
                .set("status", "True")
                .set("reason", "SignerValidationFailure")
                .set("message", why)
                .set("lastUpdateTime", clock.now());
    }
}
