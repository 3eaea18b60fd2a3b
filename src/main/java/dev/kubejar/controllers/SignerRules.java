package dev.kubejar.controllers;

import dev.kubejar.pki.CertificateRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each of Kubernetes' own signers asks of a request: pkg/apis/certificates/helpers.go. */
enum SignerRules {
    CLIENT,
    KUBELET_CLIENT,
    KUBELET_SERVING;

    /** The rules of a signer; null for one that is none of Kubernetes' three. */
    static SignerRules of(String signer) {
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
        return uses.contains("client auth") ? null : "missing required usage for client certificate: client auth";
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
