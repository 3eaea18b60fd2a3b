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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        if (!signer.equals("kubernetes.io/legacy-unknown") && KubeletRequests.of(signer) == null) {
            return Outcome.done();
        }
        CertificateRequest asked =
                CertificateRequest.parse(Base64.getDecoder().decode(request.text("spec.request")));
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
        KubeletRequests rules = KubeletRequests.of(signer);
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
                .sign(asked, request.texts("spec.usages"), life, now, ClusterKeys.random(context.randoms()));
    }

    private Obj failed(String why) {
        return Obj.create()
                .set("type", "Failed")
                .set("status", "True")
                .set("reason", "SignerValidationFailure")
                .set("message", why)
                .set("lastUpdateTime", clock.now());
    }

    /** What each of Kubernetes' own signers asks of a request: pkg/apis/certificates/helpers.go. */
    enum KubeletRequests {
        CLIENT,
        KUBELET_CLIENT,
        KUBELET_SERVING;

        /** The rules of a signer; null for one that is none of Kubernetes' three. */
        static KubeletRequests of(String signer) {
            return switch (signer) {
                case "kubernetes.io/kube-apiserver-client" -> CLIENT;
                case "kubernetes.io/kube-apiserver-client-kubelet" -> KUBELET_CLIENT;
                case "kubernetes.io/kubelet-serving" -> KUBELET_SERVING;
                default -> null;
            };
        }

        /** What is wrong with a request, or null. */
        String fault(CertificateRequest asked, List<String> uses) {
            return switch (this) {
                case CLIENT -> client(uses);
                case KUBELET_CLIENT -> kubeletClient(asked, uses);
                case KUBELET_SERVING -> kubeletServing(asked, uses);
            };
        }

        private static String client(List<String> uses) {
            for (String use : uses) {
                if (!Set.of("digital signature", "key encipherment", "client auth").contains(use)) {
                    return "invalid usage for client certificate: " + use;
                }
            }
            return uses.contains("client auth")
                    ? null
                    : "missing required usage for client certificate: client auth";
        }

        private static String kubeletClient(CertificateRequest asked, List<String> uses) {
            if (!asked.organizations().equals(List.of("system:nodes"))) {
                return "subject organization is not system:nodes";
            }
            if (!asked.dnsNames().isEmpty()) {
                return "DNS subjectAltNames are not allowed";
            }
            if (!asked.emails().isEmpty()) {
                return "Email subjectAltNames are not allowed";
            }
            if (!asked.addresses().isEmpty()) {
                return "IP subjectAltNames are not allowed";
            }
            if (!asked.uris().isEmpty()) {
                return "URI subjectAltNames are not allowed";
            }
            if (!asked.commonName().startsWith("system:node:")) {
                return "subject common name does not begin with system:node:";
            }
            return used(uses, "client auth")
                    ? null
                    : "usages did not match [client auth digital signature key encipherment]";
        }

        private static String kubeletServing(CertificateRequest asked, List<String> uses) {
            if (!asked.organizations().equals(List.of("system:nodes"))) {
                return "subject organization is not system:nodes";
            }
            if (asked.dnsNames().isEmpty() && asked.addresses().isEmpty()) {
                return "DNS or IP subjectAltName is required";
            }
            if (!asked.emails().isEmpty()) {
                return "Email subjectAltNames are not allowed";
            }
            if (!asked.uris().isEmpty()) {
                return "URI subjectAltNames are not allowed";
            }
            if (!used(uses, "server auth")) {
                return "usages did not match [digital signature key encipherment server auth]";
            }
            return asked.commonName().startsWith("system:node:")
                    ? null
                    : "subject common name does not begin with system:node:";
        }

        private static boolean used(List<String> uses, String auth) {
            Set<String> all = new HashSet<>(uses);
            return all.equals(Set.of("digital signature", "key encipherment", auth))
                    || all.equals(Set.of("digital signature", auth));
        }
    }
}
