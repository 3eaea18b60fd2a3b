package dev.kubejar.network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The names of kube-proxy's chains: the start of a digest in base 32. */
final class ChainNames {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private ChainNames() {}

    /** {@code default/web:http}, or {@code default/web} where the port has no name. */
    static String port(ServiceRules.Port port) {
        String name = port.port().text("name");
        return name.isEmpty() ? port.service() : port.service() + ":" + name;
    }

    static String protocol(ServiceRules.Port port) {
        return port.port().text("protocol", "TCP").toLowerCase(java.util.Locale.ROOT);
    }

    static String hash(String text, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < length; i++) {
                int bit = i * 5;
                int pair = (digest[bit / 8] & 255) << 8 | digest[bit / 8 + 1] & 255;
                out.append(ALPHABET.charAt(pair >> 11 - bit % 8 & 31));
            }
            return out.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
