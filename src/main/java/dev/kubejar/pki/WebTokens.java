package dev.kubejar.pki;

import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * JSON Web Tokens of a cluster (RFC 7519): those that are asked for are signed with its authority's key (ES256), those that
 * are mounted into pods, which costs nothing that a pod's start would feel, with a secret (HS256).
 */
public final class WebTokens {
    private static final String SEALED = "{\"alg\":\"HS256\",\"kid\":\"kubejar\"}";
    private static final int BLOCK = 64;

    private WebTokens() {}

    /** Claims, in JSON, with the authority's signature. */
    public static String signed(String claims, CertificateAuthority authority, Randoms randoms) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + authority.keyName() + "\"}";
        String text = encoded(header) + "." + encoded(claims);
        byte[] mark = authority.signToken(bytes(text), ClusterKeys.random(randoms));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mark);
    }

    /** Claims, in JSON, with a code that only this cluster can make. */
    public static String sealed(String claims, Memory memory) {
        String text = encoded(SEALED) + "." + encoded(claims);
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(code(text, memory));
    }

    /** The claims, in JSON, of a token that this cluster has made; null for any other text. */
    public static String claims(String token, Memory memory) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            String text = parts[0] + "." + parts[1];
            byte[] mark = Base64.getUrlDecoder().decode(parts[2]);
            boolean own = decoded(parts[0]).equals(SEALED)
                    ? MessageDigest.isEqual(code(text, memory), mark)
                    : ClusterKeys.known(memory) && ClusterKeys.kept(memory).signed(bytes(text), mark);
            return own ? decoded(parts[1]) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** HMAC with SHA-256 (RFC 2104) under the cluster's key. */
    private static byte[] code(String text, Memory memory) {
        byte[] key = memory.get(ClusterKeys.KEY);
        byte[] inner = new byte[BLOCK];
        byte[] outer = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            byte b = key != null && i < key.length ? key[i] : 0;
            inner[i] = (byte) (b ^ 0x36);
            outer[i] = (byte) (b ^ 0x5C);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(inner);
            byte[] first = digest.digest(bytes(text));
            digest.update(outer);
            return digest.digest(first);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
