package dev.kubejar.kubelet.fs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes numbers and byte strings compactly: numbers as variable-length integers, each distinct text once, in a pool in
 * front of the body. Texts are byte strings: one char a byte.
 */
public final class ByteWriter {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, Integer> pool = new LinkedHashMap<>();

    /** Appends a number; small ones of either sign take one byte. */
    public ByteWriter number(long value) {
        unsigned(body, value << 1 ^ value >> 63);
        return this;
    }

    public ByteWriter flag(boolean value) {
        body.write(value ? 1 : 0);
        return this;
    }

    /** Appends a text; null is kept apart from empty. */
    public ByteWriter text(String text) {
        if (text == null) {
            return number(-1);
        }
        Integer index = pool.get(text);
        if (index == null) {
            index = pool.size();
            pool.put(text, index);
        }
        return number(index);
    }

    public ByteWriter texts(Iterable<String> texts) {
        int count = 0;
        for (String ignored : texts) {
            count++;
        }
        number(count);
        texts.forEach(this::text);
        return this;
    }

    public ByteWriter map(Map<String, String> map) {
        number(map.size());
        map.forEach((key, value) -> text(key).text(value));
        return this;
    }

    public ByteWriter bytes(byte[] bytes, int length) {
        number(length);
        body.write(bytes, 0, length);
        return this;
    }

    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        unsigned(out, pool.size());
        for (String text : pool.keySet()) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            unsigned(out, bytes.length);
            out.write(bytes, 0, bytes.length);
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static void unsigned(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
