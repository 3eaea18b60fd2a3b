package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a certificate and a private key belong together, complaining as Go's crypto/tls does. */
final class KeyPairs {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    private KeyPairs() {}

    static void check(byte[] certificate, byte[] key) {
        byte[] certificateDer = block(certificate, "CERTIFICATE", "certificate");
        byte[] keyDer = block(key, "PRIVATE KEY", "key");
        PublicKey known = publicKey(certificateDer);
        byte[] mark = mark(known);
        if (mark.length > 0 && !contains(keyDer, mark)) {
            throw new CliError("tls: private key does not match public key");
        }
    }

    private static byte[] block(byte[] text, String ending, String what) {
        Matcher found = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (found.find()) {
            if (found.group(1).endsWith(ending)) {
                try {
                    return Base64.getMimeDecoder().decode(found.group(2));
                } catch (IllegalArgumentException e) {
                    break;
                }
            }
        }
        throw new CliError("tls: failed to find any PEM data in " + what + " input");
    }

    private static PublicKey publicKey(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (CertificateException e) {
            throw new CliError("x509: malformed certificate");
        }
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
