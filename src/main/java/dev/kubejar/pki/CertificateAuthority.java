package dev.kubejar.pki;

import dev.kubejar.sim.Randoms;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The cluster's own certificate authority: an elliptic curve key (P-256) and the certificate that it gave itself. */
public final class CertificateAuthority {
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Duration BACKDATE = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofHours(8);
    /** A size that fills whole lines of base64. */
    private static final int OWN_SIZE = 384;

    private static final int LEAST_SERIAL = 8;
    private static final int MOST_SERIAL = 20;
    private static final int MOST_TRIES = 1_000;
    private static final int SERIAL = 16;
    private static final int KEY_DIGITS = 64;
    private static final String CURVE = "secp256r1";
    private static final String TOKEN_ALGORITHM = "SHA256withECDSAinP1363Format";

    private final ECPrivateKey key;
    private final byte[] certificate;

    private CertificateAuthority(ECPrivateKey key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** An authority with a fresh key, whose certificate is always as long as any other's. */
    public static CertificateAuthority create(Instant now, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] name = name("kubernetes");
            int length = LEAST_SERIAL;
            for (int tried = 0; tried < MOST_TRIES; tried++) {
                byte[] serial = serial(random, length);
                byte[] own = certificate(
                        serial,
                        name,
                        name,
                        now.minus(BACKDATE),
                        now.plus(LIFE),
                        pair.getPublic().getEncoded(),
                        ownExtensions(pair),
                        pair.getPrivate(),
                        random);
                if (own.length == OWN_SIZE) {
                    return new CertificateAuthority((ECPrivateKey) pair.getPrivate(), own);
                }
                length = Math.max(LEAST_SERIAL, Math.min(MOST_SERIAL, length + OWN_SIZE - own.length));
            }
            throw new IllegalStateException("no certificate of " + OWN_SIZE + " bytes in " + MOST_TRIES + " tries");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks elliptic curves", e);
        }
    }

    /** The authority that was kept as a private key (its number in hexadecimal digits) and a certificate (PEM). */
    public static CertificateAuthority of(String key, String certificate) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec(CURVE));
            PrivateKey loaded = KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(
                            new BigInteger(key, 16), curve.getParameterSpec(ECParameterSpec.class)));
            byte[] der = Pem.first(certificate.getBytes(StandardCharsets.US_ASCII), "CERTIFICATE");
            return new CertificateAuthority((ECPrivateKey) loaded, der);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cluster's key cannot be read", e);
        }
    }

    /** The private key: its number in 64 hexadecimal digits. */
    public String key() {
        String digits = key.getS().toString(16);
        return "0".repeat(KEY_DIGITS - digits.length()) + digits;
    }

    /** Its own certificate, in PEM. */
    public String certificate() {
        return Pem.of("CERTIFICATE", certificate);
    }

    /** The signature of a JSON Web Token (ES256, RFC 7518, 3.4). */
    byte[] signToken(byte[] text, SecureRandom random) {
        try {
            Signature signature = Signature.getInstance(TOKEN_ALGORITHM);
            signature.initSign(key, random);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cluster's key cannot sign", e);
        }
    }

    /** Whether a token's signature is this authority's. */
    boolean signed(byte[] text, byte[] mark) {
        try {
            Signature signature = Signature.getInstance(TOKEN_ALGORITHM);
            signature.initVerify(publicKey());
            signature.update(text);
            return signature.verify(mark);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether a certificate in DER was signed by this authority. */
    boolean issued(byte[] der) {
        try {
            DerValue other = DerValue.of(der);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(publicKey());
            signature.update(other.part(0).whole());
            return signature.verify(other.part(2).bits());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** What a token's header names its key by: the SHA-256 of the public key, as Kubernetes has it. */
    String keyName() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(DerValue.of(certificate).part(0).part(6).whole());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] encoded = DerValue.of(certificate).part(0).part(6).whole();
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /**
     * Signs a request as Kubernetes' signers do.
     *
     * @param life from now on; a long one is backdated with the start
     * @return the certificate, in PEM
     */
    public String sign(CertificateRequest request, List<String> uses, Duration life, Instant now, Randoms randoms) {
        SecureRandom random = ClusterKeys.random(randoms);
        Instant end =
                life.compareTo(SHORT) < 0 ? now.plus(life) : now.plus(life).minus(BACKDATE);
        DerValue own = DerValue.of(certificate).part(0);
        List<byte[]> extensions = new ArrayList<>();
        byte[] basic = KeyUses.basic(uses);
        if (basic != null) {
            extensions.add(extension("2.5.29.15", true, basic));
        }
        byte[] extended = KeyUses.extended(uses);
        if (extended != null) {
            extensions.add(extension("2.5.29.37", false, extended));
        }
        extensions.add(extension("2.5.29.19", true, Der.sequence()));
        extensions.add(extension(
                "2.5.29.35", false, Der.sequence(Der.of(0x80, keyId(own.part(6).whole())))));
        if (request.alternatives() != null) {
            extensions.add(extension("2.5.29.17", false, request.alternatives()));
        }
        try {
            return Pem.of(
                    "CERTIFICATE",
                    certificate(
                            serial(random, SERIAL),
                            own.part(5).whole(),
                            request.subject(),
                            now.minus(BACKDATE),
                            end,
                            request.key(),
                            Der.sequence(extensions),
                            key,
                            random));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cluster's key cannot sign", e);
        }
    }

    private static byte[] certificate(
            byte[] serial,
            byte[] issuer,
            byte[] subject,
            Instant from,
            Instant until,
            byte[] publicKey,
            byte[] extensions,
            PrivateKey signer,
            SecureRandom random)
            throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.oid(Signatures.ECDSA_SHA256));
        byte[] body = Der.sequence(
                Der.of(0xA0, Der.integer(2)),
                Der.of(Der.INTEGER, serial),
                algorithm,
                issuer,
                Der.sequence(Der.time(from), Der.time(until)),
                subject,
                publicKey,
                Der.of(0xA3, extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer, random);
        signature.update(body);
        return Der.sequence(body, algorithm, Der.bits(0, signature.sign()));
    }

    private static byte[] ownExtensions(KeyPair pair) throws GeneralSecurityException {
        return Der.sequence(
                extension(
                        "2.5.29.15",
                        true,
                        KeyUses.basic(List.of("digital signature", "key encipherment", "cert sign"))),
                extension("2.5.29.19", true, Der.sequence(Der.bool(true))),
                extension("2.5.29.14", false, Der.octets(keyId(pair.getPublic().getEncoded()))),
                extension(
                        "2.5.29.17",
                        false,
                        Der.sequence(Der.of(0x82, "kubernetes".getBytes(StandardCharsets.US_ASCII)))));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    /** A key's identifier: the SHA-1 of its bits (RFC 5280, 4.2.1.2). */
    private static byte[] keyId(byte[] publicKey) {
        try {
            return MessageDigest.getInstance("SHA-1")
                    .digest(DerValue.of(publicKey).part(1).bits());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks SHA-1", e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.of(Der.SET, Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName))));
    }

    /** A positive number of exactly this many bytes. */
    private static byte[] serial(SecureRandom random, int length) {
        byte[] serial = new byte[length];
        random.nextBytes(serial);
        serial[0] = (byte) (serial[0] & 0x3F | 0x40);
        return Arrays.copyOf(serial, length);
    }
}
