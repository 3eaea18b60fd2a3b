package dev.kubejar.kinds.rules;

import dev.kubejar.object.Pem;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** What is wrong with a certificate signing request (PKCS #10) or with issued certificates, in Go's words. */
public final class SigningRequests {
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;

    private SigningRequests() {}

    /** One element of DER: where it starts, where its content does, and where it ends. */
    private record Element(int tag, int start, int content, int end) {}

    /** The fault of a request in PEM; null where it is well formed and signed with its own key. */
    public static String fault(byte[] pem) {
        List<Pem.Block> blocks = Pem.blocks(pem);
        if (blocks.isEmpty() || !blocks.get(0).type().equals("CERTIFICATE REQUEST")) {
            return "PEM block type must be CERTIFICATE REQUEST";
        }
        byte[] der = blocks.get(0).content();
        try {
            return signatureFault(der);
        } catch (IndexOutOfBoundsException e) {
            return "asn1: syntax error: data truncated";
        } catch (GeneralSecurityException e) {
            return "x509: malformed certificate request";
        }
    }

    private static String signatureFault(byte[] der) throws GeneralSecurityException {
        Element whole = element(der, 0);
        if (whole.tag != SEQUENCE) {
            return "asn1: structure error: tags don't match (16 vs {class:" + (whole.tag >> 6 & 3) + " tag:"
                    + (whole.tag & 31) + " length:" + (whole.end - whole.content) + " isCompound:"
                    + ((whole.tag & 0x20) != 0) + "}) {optional:false explicit:false application:false private:false"
                    + " defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}"
                    + " certificateRequest @2";
        }
        if (whole.end < der.length) {
            return "asn1: syntax error: trailing data";
        }
        Element info = element(der, whole.content);
        Element algorithm = element(der, info.end);
        Element signed = element(der, algorithm.end);
        Element version = element(der, info.content);
        Element subject = element(der, version.end);
        Element key = element(der, subject.end);
        if (info.tag != SEQUENCE || algorithm.tag != SEQUENCE || signed.tag != BIT_STRING || key.tag != SEQUENCE) {
            return "asn1: structure error: sequence tag mismatch";
        }
        String name = signature(oid(der, element(der, algorithm.content)));
        String kind = key(oid(der, element(der, element(der, key.content).content)));
        if (name.isEmpty() || kind.isEmpty()) {
            return "x509: cannot verify signature: algorithm unimplemented";
        }
        PublicKey known = KeyFactory.getInstance(kind)
                .generatePublic(new X509EncodedKeySpec(Arrays.copyOfRange(der, key.start, key.end)));
        Signature check = Signature.getInstance(name);
        check.initVerify(known);
        check.update(der, info.start, info.end - info.start);
        return verified(check, Arrays.copyOfRange(der, signed.content + 1, signed.end)) ? null : unverified(kind);
    }

    private static boolean verified(Signature check, byte[] signature) {
        try {
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String unverified(String kind) {
        return switch (kind) {
            case "RSA" -> "crypto/rsa: verification error";
            case "EC" -> "x509: ECDSA verification failure";
            default -> "x509: Ed25519 verification failure";
        };
    }

    private static Element element(byte[] der, int at) {
        int length = der[at + 1] & 0xFF;
        int content = at + 2;
        if (length >= 0x80) {
            int bytes = length & 0x7F;
            if (bytes > 3) {
                throw new IndexOutOfBoundsException("length of " + bytes + " bytes");
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | der[content + i] & 0xFF;
            }
            content += bytes;
        }
        if (content + length > der.length) {
            throw new IndexOutOfBoundsException("element at " + at + " ends at " + (content + length));
        }
        return new Element(der[at] & 0xFF, at, content, content + length);
    }

    private static String oid(byte[] der, Element element) {
        StringBuilder text = new StringBuilder();
        long value = 0;
        for (int i = element.content; i < element.end; i++) {
            value = value << 7 | der[i] & 0x7F;
            if ((der[i] & 0x80) == 0) {
                if (text.length() == 0) {
                    long first = Math.min(value / 40, 2);
                    text.append(first).append('.').append(value - first * 40);
                } else {
                    text.append('.').append(value);
                }
                value = 0;
            }
        }
        return text.toString();
    }

    private static String key(String oid) {
        return switch (oid) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.2.840.10045.2.1" -> "EC";
            case "1.3.101.112" -> "Ed25519";
            default -> "";
        };
    }

    private static String signature(String oid) {
        return switch (oid) {
            case "1.2.840.113549.1.1.5" -> "SHA1withRSA";
            case "1.2.840.113549.1.1.11" -> "SHA256withRSA";
            case "1.2.840.113549.1.1.12" -> "SHA384withRSA";
            case "1.2.840.113549.1.1.13" -> "SHA512withRSA";
            case "1.2.840.10045.4.1" -> "SHA1withECDSA";
            case "1.2.840.10045.4.3.2" -> "SHA256withECDSA";
            case "1.2.840.10045.4.3.3" -> "SHA384withECDSA";
            case "1.2.840.10045.4.3.4" -> "SHA512withECDSA";
            case "1.3.101.112" -> "Ed25519";
            default -> "";
        };
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
