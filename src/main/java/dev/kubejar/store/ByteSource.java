package dev.kubejar.store;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link ByteSink} wrote. Its callers have verified a checksum, so going past the end is a programming error. */
final class ByteSource {
    final byte[] bytes;
    int at;
    final int end;

    ByteSource(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean more() {
        return at < end;
    }

    int u8() {
        return bytes[at++] & 0xFF;
    }

    int i32() {
        at += 4;
        return getInt(bytes, at - 4);
    }

    long i64() {
        return (long) i32() << 32 | i32() & 0xFFFFFFFFL;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    int count() {
        return (int) varint();
    }

    String text() {
        int length = (int) varint();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    void skipText() {
        int length = (int) varint();
        at += length;
    }

    static int getInt(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    static long getLong(byte[] bytes, int at) {
        return (long) getInt(bytes, at) << 32 | getInt(bytes, at + 4) & 0xFFFFFFFFL;
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
