package dev.kubejar.kubelet.shell;

import java.nio.charset.StandardCharsets;

/** Byte strings, one char a byte: how the machine holds every text, so that nothing that a program writes is lost. */
public final class Text {
    private Text() {}

    /** The byte string of a Java text, as UTF-8. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return of(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return text;
    }

    public static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A byte string as Java text, read as UTF-8. */
    public static String java(String text) {
        return new String(bytes(text), StandardCharsets.UTF_8);
    }

    /** The number that a text consists of, or a value that it cannot be. */
    public static long number(String text, long otherwise) {
        int length = text.length();
        int start = length > 1 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (length == start || length - start > 18) {
            return otherwise;
        }
        for (int i = start; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return otherwise;
            }
        }
        return Long.parseLong(text.charAt(0) == '+' ? text.substring(1) : text);
    }

    public static boolean isName(String text) {
        if (text.isEmpty() || !nameStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!namePart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean nameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    static boolean namePart(char c) {
        return nameStart(c) || c >= '0' && c <= '9';
    }

    /** A text in single quotes, as {@code set} and {@code export} print it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\"'\"'") + "'";
    }
}
