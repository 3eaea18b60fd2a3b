package dev.kubejar;

import dev.kubejar.pki.ClusterKeys;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.VirtualClock;
import dev.kubejar.store.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a cluster is made and run, from the environment: {@code KUBEJAR_SEED}, {@code KUBEJAR_CLOCK}, {@code
 * KUBEJAR_NODES} and {@code KUBEJAR_PROFILE} count when it is made, {@code KUBEJAR_SETTLE} at each command.
 */
record ClusterSettings(
        Path folder, Map<String, String> environment, InstantSource wall, boolean alone, Consumer<String> waiting) {
    private static final String PROFILE = "/machine/profile";
    private static final int DEFAULT_SETTLE = 45;
    private static final int DEFAULT_NODES = 3;

    Options storeOptions() {
        return Options.standard();
    }

    long settleSeconds() {
        return number("KUBEJAR_SETTLE", DEFAULT_SETTLE);
    }

    int nodes() {
        return (int) number("KUBEJAR_NODES", DEFAULT_NODES);
    }

    boolean bare() {
        return environment.getOrDefault("KUBEJAR_PROFILE", "full").equals("bare");
    }

    /** The profile that a cluster was made with. */
    static boolean bare(Memory memory) {
        byte[] profile = memory.get(PROFILE);
        return profile != null && new String(profile, StandardCharsets.US_ASCII).equals("bare");
    }

    /** The seed asked for, or one that nobody can guess. */
    long seed() {
        return environment.containsKey("KUBEJAR_SEED") ? number("KUBEJAR_SEED", 0) : new SecureRandom().nextLong();
    }

    /** Where a new cluster's keys come from: the seed where one is asked for. */
    SecureRandom secureRandom() {
        return environment.containsKey("KUBEJAR_SEED")
                ? ClusterKeys.random(java.nio.ByteBuffer.allocate(Long.BYTES)
                        .putLong(number("KUBEJAR_SEED", 0))
                        .array())
                : new SecureRandom();
    }

    VirtualClock.Mode mode() {
        VirtualClock.Mode mode = VirtualClock.Mode.of(environment.getOrDefault("KUBEJAR_CLOCK", "auto"));
        return mode == null ? VirtualClock.Mode.AUTO : mode;
    }

    /** When a new cluster's time begins. */
    Instant start() {
        return mode() == VirtualClock.Mode.FROZEN ? VirtualClock.FROZEN_START : wall.instant();
    }

    void keepProfile(Memory memory) {
        memory.put(PROFILE, (bare() ? "bare" : "full").getBytes(StandardCharsets.US_ASCII));
    }

    private long number(String name, long absent) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? absent : Long.parseLong(value.strip());
    }
}
