package dev.kubejar.sim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What is due when: at most one instant for each owner and key, kept in {@link Memory} so that it outlives the process.
 *
 * <pre>
 * /machine/due/00001767225600.000000000/kubelet/v1/pods/default/web   ->  (empty)
 * /machine/timer/kubelet/v1/pods/default/web                          ->  00001767225600.000000000
 * </pre>
 */
public final class Timers {
    private static final String DUE = "/machine/due/";
    private static final String TIMER = "/machine/timer/";
    private static final byte[] NOTHING = {};

    private final Memory memory;

    /** One pending timer. */
    public record Timer(Instant due, String owner, String key) {}

    public Timers(Memory memory) {
        this.memory = memory;
    }

    /** Sets the instant for an owner's key, in place of an earlier setting. */
    public void set(String owner, String key, Instant due) {
        String stamp = stamp(due);
        byte[] before = memory.get(TIMER + owner + "/" + key);
        if (before != null) {
            String old = new String(before, StandardCharsets.US_ASCII);
            if (old.equals(stamp)) {
                return;
            }
            memory.delete(DUE + old + "/" + owner + "/" + key);
        }
        memory.put(TIMER + owner + "/" + key, stamp.getBytes(StandardCharsets.US_ASCII));
        memory.put(DUE + stamp + "/" + owner + "/" + key, NOTHING);
    }

    public void clear(String owner, String key) {
        byte[] before = memory.get(TIMER + owner + "/" + key);
        if (before != null) {
            memory.delete(TIMER + owner + "/" + key);
            memory.delete(DUE + new String(before, StandardCharsets.US_ASCII) + "/" + owner + "/" + key);
        }
    }

    /** When an owner's key is due, or null. */
    public Instant due(String owner, String key) {
        byte[] stamp = memory.get(TIMER + owner + "/" + key);
        return stamp == null ? null : instant(new String(stamp, StandardCharsets.US_ASCII));
    }

    /** The earliest timer, or null. Equal instants go by owner, then key. */
    public Timer next() {
        String first = memory.first(DUE);
        if (first == null) {
            return null;
        }
        int stampEnd = first.indexOf('/', DUE.length());
        int ownerEnd = first.indexOf('/', stampEnd + 1);
        return new Timer(
                instant(first.substring(DUE.length(), stampEnd)),
                first.substring(stampEnd + 1, ownerEnd),
                first.substring(ownerEnd + 1));
    }

    private static String stamp(Instant due) {
        StringBuilder out = new StringBuilder(24);
        String seconds = Long.toString(Math.max(0, due.getEpochSecond()));
        out.append("00000000000000", 0, Math.max(0, 14 - seconds.length())).append(seconds);
        return out.append('.')
                .append(Integer.toString(1_000_000_000 + due.getNano()), 1, 10)
                .toString();
    }

    private static Instant instant(String stamp) {
        int dot = stamp.indexOf('.');
        return Instant.ofEpochSecond(Long.parseLong(stamp.substring(0, dot)), Long.parseLong(stamp.substring(dot + 1)));
    }
}
