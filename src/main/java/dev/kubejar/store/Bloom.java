package dev.kubejar.store;

/**
 * A blocked Bloom filter: five bits in one 64-byte block a key, ten bits a key in all, so that one page tells that a file does not have
 * a key (about 1 in 80 is a false alarm).
 */
final class Bloom {
    static final int BLOCK = 64;
    private static final int BITS_PER_KEY = 10;
    private static final int PROBES = 5;

    private Bloom() {}

    static byte[] empty(int keys) {
        int blocks = Math.max(1, (keys * BITS_PER_KEY + 511) / 512);
        return new byte[blocks * BLOCK];
    }

    static void add(byte[] bits, String key) {
        long hash = mix(key);
        int block = block(hash, bits.length / BLOCK) * BLOCK;
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(hash, i);
            bits[block + (bit >> 3)] |= (byte) (1 << (bit & 7));
        }
    }

    /** Whether the block, found at this place of the bytes, may have the key with this hash. */
    static boolean mayContain(byte[] bytes, int block, long hash) {
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(hash, i);
            if ((bytes[block + (bit >> 3)] & 1 << (bit & 7)) == 0) {
                return false;
            }
        }
        return true;
    }

    static int block(long hash, int blocks) {
        return (int) ((hash >>> 45) % blocks);
    }

    private static int bit(long hash, int probe) {
        return (int) (hash >>> (9 * probe)) & 511;
    }

    /** Spreads String.hashCode, which is specified and cached, over 64 bits. */
    static long mix(String key) {
        long h = key.hashCode() * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
        return h ^ h >>> 32;
    }
}
