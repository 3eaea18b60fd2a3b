package dev.kubejar.kubelet.fs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a {@link ByteWriter} wrote. */
public final class ByteReader {
    private final byte[] bytes;
    private final String[] pool;
    private int at;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
        this.pool = new String[(int) unsigned()];
        for (int i = 0; i < pool.length; i++) {
            int length = (int) unsigned();
            pool[i] = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
            at += length;
        }
    }

    public long number() {
        long raw = unsigned();
        return raw >>> 1 ^ -(raw & 1);
    }

    public int integer() {
        return (int) number();
    }

    public boolean flag() {
        return bytes[at++] != 0;
    }

    public String text() {
        int index = integer();
        return index < 0 ? null : pool[index];
    }

    public List<String> texts() {
        int count = integer();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    public Map<String, String> map() {
        int count = integer();
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = text();
            map.put(key, text());
        }
        return map;
    }

    public byte[] bytes() {
        int length = integer();
        byte[] part = java.util.Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return part;
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
