package dev.kubejar;

import dev.kubejar.object.Times;
import dev.kubejar.pki.CertificateAuthority;
import dev.kubejar.pki.ClusterKeys;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;
import dev.kubejar.sim.VirtualClock;
import dev.kubejar.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Where a new cluster's state comes from: a checkpoint that the build made through the real pipeline, its UIDs and times
 * redrawn; or, while that is being built, an empty store that is filled on the spot.
 */
final class Genesis {
    private static final String BARE = "genesis.bin";
    private static final String FULL = "genesis-full.bin";
    /** How old the shipped cluster with add-ons is: its probes have answered by then. */
    private static final Duration FULL_AGE = Duration.ofSeconds(100);

    private static final int STAMP_LENGTH = 19;
    private static final int TIMER_LENGTH = 14;
    private static final String RANDOM = "/machine/random/";
    private static final int UID_LENGTH = 36;

    private final ClusterSettings settings;
    private final byte[] shipped;
    private final long seed;
    private final Instant start;

    private Genesis(ClusterSettings settings, byte[] shipped) {
        this.settings = settings;
        this.shipped = shipped;
        this.seed = settings.seed();
        this.start = settings.start();
    }

    static Genesis of(ClusterSettings settings) {
        try (InputStream in = Genesis.class.getResourceAsStream(settings.bare() ? BARE : FULL)) {
            return new Genesis(settings, in == null ? null : in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the state comes with what a fresh cluster holds. */
    boolean filled() {
        return shipped != null;
    }

    /** A new state in the folder, in place of what may be there if {@code replace} is set. */
    Store store(boolean replace) {
        InputStream in = shipped == null ? null : new ByteArrayInputStream(redrawn());
        return replace
                ? Store.recreate(settings.folder(), in, settings.storeOptions())
                : Store.create(settings.folder(), in, settings.storeOptions());
    }

    /** Gives a new cluster its seed, its profile and its clock. */
    void birth(VirtualClock clock, Memory memory) {
        for (String key = memory.first(RANDOM); key != null; key = memory.first(RANDOM)) {
            memory.delete(key);
        }
        new Randoms(memory).seed(seed);
        settings.keepProfile(memory);
        clock.start(settings.mode(), start);
    }

    /** The shipped bytes with other identities of the same length. */
    private byte[] redrawn() {
        byte[] bytes = shipped.clone();
        Randoms randoms = new Randoms(new Scratch());
        randoms.seed(seed ^ 0x67656E65736973L);
        long shift = Duration.between(VirtualClock.FROZEN_START, start).getSeconds()
                - (settings.bare() ? 0 : FULL_AGE.getSeconds());
        byte[][] keys = ClusterKeys.fillings(CertificateAuthority.create(start, settings.secureRandom()));
        Map<String, byte[]> uids = new HashMap<>();
        for (int i = 0; i + UID_LENGTH < bytes.length; i++) {
            if (bytes[i] == '-' && isUid(bytes, i - 8)) {
                String uid = new String(bytes, i - 8, UID_LENGTH, StandardCharsets.US_ASCII);
                byte[] other = uids.computeIfAbsent(uid, key -> randoms.uid().getBytes(StandardCharsets.US_ASCII));
                System.arraycopy(other, 0, bytes, i - 8, UID_LENGTH);
                i += UID_LENGTH - 9;
            } else if (bytes[i] == 'K' && ClusterKeys.gapAt(bytes, i) >= 0) {
                byte[] filling = keys[ClusterKeys.gapAt(bytes, i)];
                System.arraycopy(filling, 0, bytes, i, filling.length);
                i += filling.length - 1;
            } else if (bytes[i] == '2' || bytes[i] == '0') {
                redate(bytes, i, shift);
            } else if (!settings.bare() && (bytes[i] == 'I' || bytes[i] == 0)) {
                redateLog(bytes, i, shift);
            }
        }
        Store.sealGenesis(bytes);
        return bytes;
    }

    private static boolean isUid(byte[] bytes, int at) {
        for (int i = 0; i < UID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            int b = at + i < 0 ? 0 : bytes[at + i];
            boolean hex = b >= '0' && b <= '9' || b >= 'a' && b <= 'f';
            if (dash ? b != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    /** Moves the time that stands here, if one does: {@code 2026-01-01T00:01:02} or a timer's {@code 00001767225662}. */
    private static void redate(byte[] bytes, int at, long shift) {
        boolean stamp = matches(bytes, at, STAMP);
        if (!stamp && !matches(bytes, at, TIMER)) {
            return;
        }
        int length = stamp ? STAMP_LENGTH : TIMER_LENGTH;
        String text = new String(bytes, at, length, StandardCharsets.US_ASCII);
        long then = stamp ? Times.parse(text + "Z").getEpochSecond() : Long.parseLong(text);
        String now = stamp
                ? Times.seconds(Instant.ofEpochSecond(then + shift)).substring(0, STAMP_LENGTH)
                : Long.toString(100_000_000_000_000L + then + shift).substring(1);
        System.arraycopy(now.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, length);
    }

    /** Moves the time of a line of a log: its instant in seconds, eight bytes, or its text, {@code I0101 00:01:02}. */
    private static void redateLog(byte[] bytes, int at, long shift) {
        if (matches(bytes, at, SECONDS)) {
            ByteBuffer place = ByteBuffer.wrap(bytes, at, Long.BYTES);
            long then = place.getLong(at);
            long since = then - VirtualClock.FROZEN_START.getEpochSecond();
            if (since >= 0 && since <= FULL_AGE.getSeconds()) {
                place.putLong(at, then + shift);
            }
        } else if (matches(bytes, at, KLOG)) {
            String text = new String(bytes, at, 14, StandardCharsets.US_ASCII);
            String now = Times.seconds(Times.parse(
                            "2026-" + text.substring(1, 3) + "-" + text.substring(3, 5) + "T" + text.substring(6) + "Z")
                    .plusSeconds(shift));
            String moved = now.substring(5, 7) + now.substring(8, 10) + " " + now.substring(11, 19);
            System.arraycopy(moved.getBytes(StandardCharsets.US_ASCII), 0, bytes, at + 1, moved.length());
        }
    }

    private static final byte[] SECONDS = {0, 0, 0, 0, 0x69, 0x55};
    private static final byte[] KLOG = "I0101 00:0".getBytes(StandardCharsets.US_ASCII);

    /** How the times of the first minutes after the frozen start begin. */
    private static final byte[] STAMP = "2026-01-01T00:0".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] TIMER = "000017672".getBytes(StandardCharsets.US_ASCII);

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        if (at + STAMP_LENGTH > bytes.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Memory for drawing only. */
    private static final class Scratch implements Memory {
        private final TreeMap<String, byte[]> map = new TreeMap<>();

        @Override
        public byte[] get(String key) {
            return map.get(key);
        }

        @Override
        public void put(String key, byte[] value) {
            map.put(key, value);
        }

        @Override
        public void delete(String key) {
            map.remove(key);
        }

        @Override
        public void scan(String prefix, BiConsumer<String, byte[]> visitor) {
            map.tailMap(prefix).forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    visitor.accept(key, value);
                }
            });
        }

        @Override
        public String first(String prefix) {
            String key = map.ceilingKey(prefix);
            return key != null && key.startsWith(prefix) ? key : null;
        }
    }

    /** Run by the build: writes both profiles' genesis, the full one beside the file named, by way of clusters in a folder. */
    public static void main(String[] args) throws IOException {
        Path bare = Path.of(args[0]);
        Path full = bare.resolveSibling(FULL);
        Files.createDirectories(bare.getParent());
        Files.deleteIfExists(bare);
        Files.deleteIfExists(full);
        write(bare, "bare", "0", Duration.ZERO);
        write(full, "full", "3", FULL_AGE);
    }

    private static void write(Path target, String profile, String nodes, Duration age) throws IOException {
        Path folder = Files.createTempDirectory("genesis-");
        Map<String, String> environment = Map.of(
                "KUBEJAR_SEED", "0", "KUBEJAR_CLOCK", "frozen", "KUBEJAR_NODES", nodes, "KUBEJAR_PROFILE", profile);
        ClusterSettings settings =
                new ClusterSettings(folder.resolve("cluster"), environment, VirtualClock.wall(), true, message -> {});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LocalCluster.writeGenesis(settings, age, out);
        Files.write(target, out.toByteArray());
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
