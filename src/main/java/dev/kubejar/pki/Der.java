package dev.kubejar.pki;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes DER (X.690), as far as certificates need it: a tag, a length, a value. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int UTF8 = 0x0C;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");
    private static final int FIRST_GENERALIZED_YEAR = 2050;

    private Der() {}

    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        out.write(tag);
        if (length < 128) {
            out.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skip = digits[0] == 0 ? 1 : 0;
            out.write(0x80 | digits.length - skip);
            out.write(digits, skip, digits.length - skip);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return of(SEQUENCE, parts);
    }

    static byte[] sequence(List<byte[]> parts) {
        return of(SEQUENCE, parts.toArray(new byte[0][]));
    }

    static byte[] integer(long value) {
        return of(INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    static byte[] octets(byte[]... parts) {
        return of(OCTET_STRING, parts);
    }

    /** A bit string of whole bytes, its last byte with as many unused bits. */
    static byte[] bits(int unused, byte[] bytes) {
        return of(BIT_STRING, new byte[] {(byte) unused}, bytes);
    }

    static byte[] text(String text) {
        return of(UTF8, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bool(boolean value) {
        return new byte[] {0x01, 0x01, (byte) (value ? 0xFF : 0)};
    }

    /** An object identifier in dotted form. */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        base128(out, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            base128(out, Long.parseLong(arcs[i]));
        }
        return of(OID, out.toByteArray());
    }

    private static void base128(ByteArrayOutputStream out, long value) {
        int digits = 1;
        while (value >>> 7 * digits != 0) {
            digits++;
        }
        for (int i = digits - 1; i >= 0; i--) {
            out.write((int) (value >>> 7 * i & 0x7F) | (i == 0 ? 0 : 0x80));
        }
    }

    static byte[] time(Instant instant) {
        boolean late = instant.atZone(ZoneOffset.UTC).getYear() >= FIRST_GENERALIZED_YEAR;
        DateTimeFormatter form = late ? GENERALIZED : UTC_TIME;
        String text = form.withZone(ZoneOffset.UTC).format(instant);
        return of(late ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
    }
}
