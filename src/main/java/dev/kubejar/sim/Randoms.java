package dev.kubejar.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Random numbers by named stream (SplitMix64), all grown from the cluster's one seed and kept in {@link Memory}: a new
 * draw in one consumer changes nothing for another.
 */
public final class Randoms {
    /** Kubernetes' alphabet for generated names: no vowels, nothing that looks like another letter. */
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

    private static final String PREFIX = "/machine/random/";

    private final Memory memory;

    public Randoms(Memory memory) {
        this.memory = memory;
    }

    /** Draws 64 bits from a stream. */
    public long next(String stream) {
        byte[] state = memory.get(PREFIX + stream);
        long at = (state == null
                        ? mix(seed() ^ hash(stream))
                        : ByteBuffer.wrap(state).getLong())
                + 0x9E3779B97F4A7C15L;
        memory.put(PREFIX + stream, ByteBuffer.allocate(8).putLong(at).array());
        return mix(at);
    }

    /** Draws from 0 to {@code bound - 1}. */
    public int below(String stream, int bound) {
        return (int) Long.remainderUnsigned(next(stream), bound);
    }

    /** The suffix that generateName appends: as many letters of the safe alphabet. */
    public String suffix(String stream, int length) {
        long bits = next(stream);
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(SAFE.charAt((int) Long.remainderUnsigned(bits, SAFE.length())));
            bits = Long.divideUnsigned(bits, SAFE.length());
        }
        return out.toString();
    }

    /** A version 4 UUID. */
    public String uid() {
        long high = next("uid") & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = next("uid") & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new java.util.UUID(high, low).toString();
    }

    public void seed(long seed) {
        memory.put(PREFIX + "seed", ByteBuffer.allocate(8).putLong(seed).array());
    }

    private long seed() {
        byte[] seed = memory.get(PREFIX + "seed");
        return seed == null ? 0 : ByteBuffer.wrap(seed).getLong();
    }

    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
