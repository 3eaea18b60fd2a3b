package dev.kubejar.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing bytes with the few encodings that the state's files use; numbers are big-endian or base-128 varints. */
final class ByteSink {
    byte[] bytes;
    int size;

    ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    void u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void i32(int value) {
        room(4);
        putInt(bytes, size, value);
        size += 4;
    }

    void i64(long value) {
        i32((int) (value >>> 32));
        i32((int) value);
    }

    void varint(long value) {
        room(10);
        while ((value & ~0x7FL) != 0) {
            bytes[size++] = (byte) (value & 0x7F | 0x80);
            value >>>= 7;
        }
        bytes[size++] = (byte) value;
    }

    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        raw(utf8, 0, utf8.length);
    }

    void raw(byte[] from, int offset, int length) {
        room(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
