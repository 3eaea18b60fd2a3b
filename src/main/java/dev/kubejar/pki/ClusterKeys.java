package dev.kubejar.pki;

import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Where a cluster keeps its certificate authority. The cluster that the build ships has none: in its place stands text of
 * the same length, which a new cluster's own takes over.
 */
public final class ClusterKeys {
    /** Where the authority's certificate lies, in PEM form. */
    public static final String CERTIFICATE = "/machine/pki/ca.crt";

    static final String KEY = "/machine/pki/ca.key";
    private static final String GAP = "KUBEJARGENESIS";
    private static final int LINES = 8;
    private static final int LINE = 64;

    private ClusterKeys() {}

    /** Leaves the gaps for an authority to come. */
    public static void leaveGaps(Memory memory) {
        StringBuilder pem = new StringBuilder("-----BEGIN CERTIFICATE-----\n");
        for (int i = 0; i < LINES; i++) {
            pem.append(gap(i)).append('\n');
        }
        put(memory, CERTIFICATE, pem.append("-----END CERTIFICATE-----\n").toString());
        put(memory, KEY, gap(LINES));
    }

    private static String gap(int index) {
        String start = GAP + index;
        return start + "A".repeat(LINE - start.length());
    }

    /** The gap that begins at a place of some bytes: its number, or -1. */
    public static int gapAt(byte[] bytes, int at) {
        if (at + LINE > bytes.length) {
            return -1;
        }
        for (int i = 0; i < GAP.length(); i++) {
            if (bytes[at + i] != GAP.charAt(i)) {
                return -1;
            }
        }
        return bytes[at + GAP.length()] - '0';
    }

    /** What fills the gaps, by their number. */
    public static byte[][] fillings(CertificateAuthority authority) {
        String[] pem = authority.certificate().split("\n");
        byte[][] fillings = new byte[LINES + 1][];
        for (int i = 0; i < LINES; i++) {
            fillings[i] = pem[i + 1].getBytes(StandardCharsets.US_ASCII);
        }
        fillings[LINES] = authority.key().getBytes(StandardCharsets.US_ASCII);
        return fillings;
    }

    /** The cluster's authority; one that has only a gap gets it now. */
    public static CertificateAuthority authority(Memory memory, Randoms randoms, Instant now) {
        if (known(memory)) {
            return kept(memory);
        }
        CertificateAuthority made = CertificateAuthority.create(now, random(randoms));
        put(memory, KEY, made.key());
        put(memory, CERTIFICATE, made.certificate());
        return made;
    }

    /** Whether there is an authority by now. */
    static boolean known(Memory memory) {
        String key = text(memory, KEY);
        return !key.isEmpty() && !key.startsWith(GAP);
    }

    static CertificateAuthority kept(Memory memory) {
        return CertificateAuthority.of(text(memory, KEY), text(memory, CERTIFICATE));
    }

    /** Whether a certificate in DER was signed by this cluster's authority. */
    public static boolean issued(byte[] der, Memory memory) {
        return known(memory) && kept(memory).issued(der);
    }

    /** Random numbers as signatures want them, grown from the cluster's seed. */
    static SecureRandom random(Randoms randoms) {
        ByteBuffer seed = ByteBuffer.allocate(4 * Long.BYTES);
        for (int i = 0; i < 4; i++) {
            seed.putLong(randoms.next("pki"));
        }
        return random(seed.array());
    }

    /** Random numbers that a seed alone decides. */
    public static SecureRandom random(byte[] seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks SHA1PRNG", e);
        }
    }

    private static String text(Memory memory, String key) {
        byte[] bytes = memory.get(key);
        return bytes == null ? "" : new String(bytes, StandardCharsets.US_ASCII);
    }

    private static void put(Memory memory, String key, String text) {
        memory.put(key, text.getBytes(StandardCharsets.US_ASCII));
    }
}
