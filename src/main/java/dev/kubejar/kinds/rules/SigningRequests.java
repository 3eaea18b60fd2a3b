package dev.kubejar.kinds.rules;

import dev.kubejar.object.Pem;
import dev.kubejar.pki.CertificateRequest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** What is wrong with a certificate signing request (PKCS #10) or with issued certificates, in Go's words. */
public final class SigningRequests {
    private SigningRequests() {}

    /** The fault of a request in PEM; null where it is well formed and signed with its own key. */
    public static String fault(byte[] pem) {
        try {
            CertificateRequest.parse(pem).verify();
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        } catch (IndexOutOfBoundsException e) {
            return "asn1: syntax error: data truncated";
        }
    }

    /** The fault of issued certificates in PEM; null where there is none, or no certificate at all yet. */
    public static String certificateFault(byte[] pem) {
        if (pem.length == 0) {
            return null;
        }
        List<Pem.Block> blocks = Pem.blocks(pem);
        for (Pem.Block block : blocks) {
            if (!block.type().equals("CERTIFICATE")) {
                return "only CERTIFICATE PEM blocks are allowed, found \"" + block.type() + "\"";
            }
            if (block.headers()) {
                return "no PEM block headers are permitted";
            }
            try {
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.content()));
            } catch (CertificateException e) {
                return "x509: malformed certificate";
            }
        }
        return blocks.isEmpty() ? "must contain at least one CERTIFICATE PEM block" : null;
    }
}
