package dev.kubejar.sim;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The wall clock plus an offset that only grows, or a clock that stands still until it is moved. While the cluster works
 * its instant is fixed; {@link #enter} takes it, {@link #moveTo} plays it forward, {@link #leave} keeps it.
 */
public final class VirtualClock implements Clock {
    /** How waiting passes; see the design's "Time is virtual". */
    public enum Mode {
        AUTO,
        REAL,
        FROZEN;

        /** {@code auto}, {@code real}, {@code frozen}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The mode of a word, or null. */
        public static Mode of(String word) {
            for (Mode mode : values()) {
                if (mode.word().equals(word)) {
                    return mode;
                }
            }
            return null;
        }
    }

    /** Where a frozen clock starts unless told. */
    public static final Instant FROZEN_START = Instant.parse("2026-01-01T00:00:00Z");

    private static final String KEY = "/machine/clock";

    private final Memory memory;
    private final InstantSource wall;
    private Mode mode = Mode.AUTO;
    private Duration offset = Duration.ZERO;
    private Instant last = Instant.EPOCH;
    private Instant fixed;

    public VirtualClock(Memory memory, InstantSource wall) {
        this.memory = memory;
        this.wall = wall;
    }

    /** The wall clock of this machine: the one place that asks for it. */
    public static InstantSource wall() {
        return InstantSource.system();
    }

    /** Reads what the last commit kept. */
    public void load() {
        byte[] kept = memory.get(KEY);
        if (kept != null) {
            ByteBuffer in = ByteBuffer.wrap(kept);
            mode = Mode.values()[in.get()];
            offset = Duration.ofSeconds(in.getLong(), in.getInt());
            last = Instant.ofEpochSecond(in.getLong(), in.getInt());
        }
    }

    @Override
    public Instant now() {
        return fixed != null ? fixed : reading();
    }

    private Instant reading() {
        if (mode == Mode.FROZEN) {
            return last;
        }
        Instant now = wall.instant().plus(offset);
        return now.isBefore(last) ? last : now;
    }

    /**
     * Fixes the instant for a stretch of work at the last one that was kept: what has fallen due since is played from
     * there.
     *
     * @return the instant that the clock reads now, up to which to play
     */
    public Instant enter() {
        Instant target = reading();
        fixed = last.equals(Instant.EPOCH) ? target : last;
        return target;
    }

    /** Moves the fixed instant forward; an earlier one is ignored. */
    public void moveTo(Instant instant) {
        if (instant.isAfter(fixed)) {
            fixed = instant;
        }
    }

    /** Keeps the instant in memory: later readings go on from it. */
    public void save() {
        last = fixed;
        if (mode != Mode.FROZEN) {
            Duration ahead = Duration.between(wall.instant(), fixed);
            offset = ahead.compareTo(offset) > 0 ? ahead : offset;
        }
        memory.put(
                KEY,
                ByteBuffer.allocate(25)
                        .put((byte) mode.ordinal())
                        .putLong(offset.getSeconds())
                        .putInt(offset.getNano())
                        .putLong(last.getEpochSecond())
                        .putInt(last.getNano())
                        .array());
    }

    /** Lets the instant go; readings move with the wall clock again. */
    public void leave() {
        fixed = null;
    }

    public Mode mode() {
        return mode;
    }

    /** Changes the mode inside a stretch of work. */
    public void mode(Mode value) {
        if (mode == Mode.FROZEN && value != Mode.FROZEN) {
            offset = Duration.between(wall.instant(), fixed);
        }
        mode = value;
    }

    /** Sets the instant of a fresh cluster. */
    public void start(Mode value, Instant instant) {
        mode = value;
        fixed = instant;
        last = instant;
        offset = value == Mode.FROZEN ? Duration.ZERO : Duration.between(wall.instant(), instant);
    }

    public Duration offset() {
        return offset;
    }
}
