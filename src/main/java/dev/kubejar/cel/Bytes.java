package dev.kubejar.cel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A run of bytes. */
record Bytes(byte[] value) {
    static Bytes ofLatin(String text) {
        return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }
}
