package dev.kubejar.pki;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A certificate signing request (PKCS #10, RFC 2986) as Kubernetes looks at it. */
public final class CertificateRequest {
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String ORGANIZATION = "2.5.4.10";
    private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";

    private final DerValue whole;
    private final DerValue info;
    private final List<String> organizations = new ArrayList<>();
    private final List<String> dnsNames = new ArrayList<>();
    private final List<String> emails = new ArrayList<>();
    private final List<String> uris = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final Map<String, List<String>> subject = new HashMap<>();
    private String commonName = "";
    private byte[] alternatives;

    private CertificateRequest(DerValue whole) {
        this.whole = whole;
        this.info = whole.part(0);
        for (DerValue set : info.part(1).parts()) {
            for (DerValue attribute : set.parts()) {
                named(attribute.part(0).oid(), attribute.part(1).text());
            }
        }
        List<DerValue> parts = info.parts();
        if (parts.size() > 3) {
            parts.get(3).parts().forEach(this::attribute);
        }
    }

    /**
     * Reads a request in PEM form.
     *
     * @throws IllegalArgumentException with the words of Go's decoders where it is none
     */
    public static CertificateRequest parse(byte[] pem) {
        byte[] der = Pem.first(pem, "CERTIFICATE REQUEST");
        if (der == null) {
            throw new IllegalArgumentException("PEM block type must be CERTIFICATE REQUEST");
        }
        return new CertificateRequest(DerValue.of(der));
    }

    private void named(String oid, String value) {
        subject.computeIfAbsent(oid, key -> new ArrayList<>()).add(value);
        if (oid.equals(COMMON_NAME)) {
            commonName = value;
        } else if (oid.equals(ORGANIZATION)) {
            organizations.add(value);
        }
    }

    private void attribute(DerValue attribute) {
        if (!attribute.part(0).oid().equals(EXTENSION_REQUEST)) {
            return;
        }
        for (DerValue extension : attribute.part(1).part(0).parts()) {
            List<DerValue> parts = extension.parts();
            if (parts.get(0).oid().equals(ALTERNATIVE_NAMES)) {
                alternatives = parts.get(parts.size() - 1).content();
                DerValue.of(alternatives).parts().forEach(this::alternative);
            }
        }
    }

    private void alternative(DerValue name) {
        String text = new String(name.content(), StandardCharsets.US_ASCII);
        switch (name.tag() & 0x1F) {
            case 1 -> emails.add(text);
            case 2 -> dnsNames.add(text);
            case 6 -> uris.add(text);
            case 7 -> addresses.add(address(name.content()));
            default -> {}
        }
    }

    private static String address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("x509: cannot parse IP address of length " + bytes.length, e);
        }
    }

    /**
     * Checks that its maker has the key.
     *
     * @throws IllegalArgumentException with Go's words where the signature is wrong
     */
    public void verify() {
        String algorithm = Signatures.byOid(whole.part(1).part(0).oid());
        if (algorithm == null) {
            throw new IllegalArgumentException("x509: cannot verify signature: algorithm unimplemented");
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(publicKey());
            signature.update(info.whole());
            if (!signature.verify(whole.part(2).bits())) {
                throw new IllegalArgumentException(
                        algorithm.endsWith("RSA")
                                ? "crypto/rsa: verification error"
                                : "x509: ECDSA verification failure");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("x509: cannot verify signature: algorithm unimplemented", e);
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        String oid = info.part(2).part(0).part(0).oid();
        String family =
                switch (oid) {
                    case "1.2.840.113549.1.1.1" -> "RSA";
                    case "1.2.840.10045.2.1" -> "EC";
                    default -> "Ed25519";
                };
        return KeyFactory.getInstance(family)
                .generatePublic(new X509EncodedKeySpec(info.part(2).whole()));
    }

    public String commonName() {
        return commonName;
    }

    /** Attributes of the subject by their object identifier. */
    public List<String> subject(String oid) {
        return subject.getOrDefault(oid, List.of());
    }

    public List<String> organizations() {
        return organizations;
    }

    public List<String> dnsNames() {
        return dnsNames;
    }

    public List<String> emails() {
        return emails;
    }

    public List<String> uris() {
        return uris;
    }

    public List<String> addresses() {
        return addresses;
    }

    /** The subject's name, in DER. */
    byte[] subject() {
        return info.part(1).whole();
    }

    /** The public key with its algorithm, in DER. */
    byte[] key() {
        return info.part(2).whole();
    }

    /** The subject alternative names as an extension's value, in DER; null where it asks for none. */
    byte[] alternatives() {
        return alternatives;
    }
}
