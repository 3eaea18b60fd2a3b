package dev.kubejar.object;

/** Refuses bytes that are not the UTF-8 of allowed YAML characters, in the words of go-yaml's reader. */
final class Utf8 {
    private Utf8() {}

    static void check(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length) {
            int lead = bytes[i] & 0xFF;
            int width = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
            if (width == 0) {
                throw new ParseError("yaml: invalid leading UTF-8 octet");
            }
            if (i + width > bytes.length) {
                throw new ParseError("yaml: incomplete UTF-8 octet sequence");
            }
            allowed(character(bytes, i, lead, width), width);
            i += width;
        }
    }

    private static int character(byte[] bytes, int at, int lead, int width) {
        int value = width == 1 ? lead : lead & 0x7F >> width;
        for (int k = 1; k < width; k++) {
            int next = bytes[at + k] & 0xFF;
            if (next >> 6 != 2) {
                throw new ParseError("yaml: invalid trailing UTF-8 octet");
            }
            value = value << 6 | next & 0x3F;
        }
        return value;
    }

    private static void allowed(int value, int width) {
        if (width == 2 && value < 0x80 || width == 3 && value < 0x800 || width == 4 && value < 0x10000) {
            throw new ParseError("yaml: invalid length of a UTF-8 sequence");
        }
        if (value >= 0xD800 && value <= 0xDFFF || value > 0x10FFFF) {
            throw new ParseError("yaml: invalid Unicode character");
        }
        boolean fine = value == '\t'
                || value == '\n'
                || value == '\r'
                || value >= 0x20 && value <= 0x7E
                || value == 0x85
                || value >= 0xA0 && value <= 0xFFFD
                || value >= 0x10000;
        if (!fine) {
            throw new ParseError("yaml: control characters are not allowed");
        }
    }
}
