package dev.kubejar.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** PEM (RFC 7468): bytes as text between a BEGIN and an END line. */
public final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    public static String of(String type, byte[] bytes) {
        StringBuilder out = new StringBuilder("-----BEGIN ").append(type).append("-----\n");
        String text = Base64.getEncoder().encodeToString(bytes);
        for (int at = 0; at < text.length(); at += LINE) {
            out.append(text, at, Math.min(text.length(), at + LINE)).append('\n');
        }
        return out.append("-----END ").append(type).append("-----\n").toString();
    }

    /** The bytes of the first block, which must be of this type; null where there is none such. */
    public static byte[] first(byte[] pem, String type) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        String begin = "-----BEGIN ";
        int from = text.indexOf(begin);
        int name = from + begin.length();
        int after = text.indexOf("-----", name);
        if (from < 0 || after < 0 || !text.substring(name, after).equals(type)) {
            return null;
        }
        int end = text.indexOf("-----END " + type + "-----", after);
        if (end < 0) {
            return null;
        }
        String body = text.substring(after + "-----".length(), end);
        int headers = body.lastIndexOf(':');
        String base64 = headers < 0 ? body : body.substring(Math.max(0, body.indexOf("\n\n", headers)));
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
