package dev.kubejar.pki;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A value read from DER: its tag, and where it and its content lie. */
final class DerValue {
    private final byte[] source;
    private final int from;
    private final int content;
    private final int end;

    private DerValue(byte[] source, int from, int content, int end) {
        this.source = source;
        this.from = from;
        this.content = content;
        this.end = end;
    }

    /** The one value that the bytes are. */
    static DerValue of(byte[] bytes) {
        DerValue value = at(bytes, 0, bytes.length);
        if (value.end != bytes.length) {
            throw new IllegalArgumentException("asn1: syntax error: trailing data");
        }
        return value;
    }

    private static DerValue at(byte[] source, int from, int limit) {
        if (from + 2 > limit) {
            throw truncated();
        }
        int first = source[from + 1] & 0xFF;
        int at = from + 2;
        long length = first;
        if (first > 0x80) {
            int digits = first & 0x7F;
            if (digits > 4 || at + digits > limit) {
                throw truncated();
            }
            length = new BigInteger(1, Arrays.copyOfRange(source, at, at + digits)).longValue();
            at += digits;
        } else if (first == 0x80) {
            throw new IllegalArgumentException("asn1: syntax error: indefinite length found (not DER)");
        }
        if (length > limit - at) {
            throw truncated();
        }
        return new DerValue(source, from, at, at + (int) length);
    }

    private static IllegalArgumentException truncated() {
        return new IllegalArgumentException("asn1: syntax error: data truncated");
    }

    int tag() {
        return source[from] & 0xFF;
    }

    /** The values that it holds one after the other. */
    List<DerValue> parts() {
        List<DerValue> parts = new ArrayList<>();
        for (int at = content; at < end; ) {
            DerValue part = at(source, at, end);
            parts.add(part);
            at = part.end;
        }
        return parts;
    }

    DerValue part(int index) {
        List<DerValue> parts = parts();
        if (index >= parts.size()) {
            throw new IllegalArgumentException("asn1: syntax error: sequence truncated");
        }
        return parts.get(index);
    }

    byte[] content() {
        return Arrays.copyOfRange(source, content, end);
    }

    /** The value with its tag and its length. */
    byte[] whole() {
        return Arrays.copyOfRange(source, from, end);
    }

    /** The bytes of a bit string of whole bytes. */
    byte[] bits() {
        return Arrays.copyOfRange(source, Math.min(content + 1, end), end);
    }

    String text() {
        return new String(content(), tag() == 0x1E ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
    }

    /** An object identifier in dotted form. */
    String oid() {
        StringBuilder out = new StringBuilder();
        long arc = 0;
        for (byte b : content()) {
            arc = arc << 7 | b & 0x7F;
            if (b >= 0) {
                if (out.length() == 0) {
                    long first = Math.min(arc / 40, 2);
                    out.append(first).append('.').append(arc - first * 40);
                } else {
                    out.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return out.toString();
    }
}
