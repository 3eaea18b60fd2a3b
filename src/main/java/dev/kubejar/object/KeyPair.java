package dev.kubejar.object;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether a certificate and a private key belong together, complaining as Go's crypto/tls does. */
public final class KeyPair {
    private static final String KEY = "PRIVATE KEY";
    private static final String SKIPPED = " input after skipping PEM blocks of the following types: [";

    private KeyPair() {}

    /** Why these two PEM texts are no pair; null where they are one. */
    public static String fault(byte[] certificate, byte[] key) {
        List<String> skipped = new ArrayList<>();
        byte[] certificateDer = first(certificate, "CERTIFICATE", skipped);
        if (certificateDer == null) {
            return skipped.isEmpty()
                    ? "tls: failed to find any PEM data in certificate input"
                    : skipped.size() == 1 && skipped.get(0).endsWith(KEY)
                            ? "tls: failed to find certificate PEM data in certificate input, but did find a private"
                                    + " key; PEM inputs may have been switched"
                            : "tls: failed to find \"CERTIFICATE\" PEM block in certificate" + SKIPPED
                                    + String.join(" ", skipped) + "]";
        }
        skipped.clear();
        byte[] keyDer = first(key, KEY, skipped);
        if (keyDer == null) {
            return skipped.isEmpty()
                    ? "tls: failed to find any PEM data in key input"
                    : skipped.equals(List.of("CERTIFICATE"))
                            ? "tls: found a certificate rather than a key in the PEM for the private key"
                            : "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key" + SKIPPED
                                    + String.join(" ", skipped) + "]";
        }
        return together(certificateDer, keyDer);
    }

    private static byte[] first(byte[] text, String ending, List<String> skipped) {
        for (Pem.Block block : Pem.blocks(text)) {
            if (ending.equals(KEY) ? block.type().endsWith(KEY) : block.type().equals(ending)) {
                return block.content();
            }
            skipped.add(block.type());
        }
        return null;
    }

    private static String together(byte[] certificate, byte[] key) {
        PublicKey known;
        try {
            known = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        } catch (CertificateException e) {
            return "x509: malformed certificate";
        }
        byte[] mark = mark(known);
        return mark.length > 0 && !contains(key, mark) ? "tls: private key does not match public key" : null;
    }

    /** Bytes that a matching private key holds too: RSA's modulus, the point of an elliptic curve. */
    private static byte[] mark(PublicKey known) {
        if (known instanceof RSAPublicKey rsa) {
            BigInteger modulus = rsa.getModulus();
            return modulus.toByteArray();
        }
        if (known.getAlgorithm().equals("EC")) {
            byte[] encoded = known.getEncoded();
            for (int i = 0; i < encoded.length - 1; i++) {
                if (encoded[i] == 0 && encoded[i + 1] == 4) {
                    return Arrays.copyOfRange(encoded, i + 1, encoded.length);
                }
            }
        }
        return new byte[0];
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
