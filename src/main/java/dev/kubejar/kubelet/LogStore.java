package dev.kubejar.kubelet;

import dev.kubejar.object.Times;
import dev.kubejar.sim.Memory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Containers' logs: for each run a sequence of chunks, each what was written at one instant.
 *
 * <pre>
 * /machine/log/UID/main/0/000000000 -> (seconds, nanos, bytes)
 * /machine/log-size/UID/main/0      -> (next chunk, first chunk, bytes kept, bytes dropped)
 * </pre>
 *
 * A run keeps its last 10 MiB, in chunks of at most 16 KiB, as a rotated log file does.
 */
final class LogStore {
    private static final String LOG = "/machine/log/";
    private static final String SIZE = "/machine/log-size/";
    private static final int CHUNK = 16 << 10;
    private static final long KEPT = 10L << 20;

    private final Memory memory;

    LogStore(Memory memory) {
        this.memory = memory;
    }

    /** One line with its instant; {@code whole} unless its newline is still to come. */
    record Line(Instant at, byte[] text, boolean whole) {}

    void append(String uid, String container, long run, Instant at, byte[] bytes) {
        String name = uid + "/" + container + "/" + run;
        byte[] state = memory.get(SIZE + name);
        int next = state == null ? 0 : ByteBuffer.wrap(state).getInt();
        int first = state == null ? 0 : ByteBuffer.wrap(state).getInt(4);
        long size = state == null ? 0 : ByteBuffer.wrap(state).getLong(8);
        long dropped = state == null ? 0 : ByteBuffer.wrap(state).getLong(16);
        for (int from = 0; from < bytes.length; from += CHUNK) {
            int length = Math.min(CHUNK, bytes.length - from);
            ByteBuffer chunk = ByteBuffer.allocate(12 + length)
                    .putLong(at.getEpochSecond())
                    .putInt(at.getNano())
                    .put(bytes, from, length);
            memory.put(key(name, next++), chunk.array());
            size += length;
        }
        while (size > KEPT && first < next - 1) {
            byte[] oldest = memory.get(key(name, first));
            memory.delete(key(name, first++));
            long gone = oldest == null ? 0 : oldest.length - 12;
            size -= gone;
            dropped += gone;
        }
        memory.put(
                SIZE + name,
                ByteBuffer.allocate(24)
                        .putInt(next)
                        .putInt(first)
                        .putLong(size)
                        .putLong(dropped)
                        .array());
    }

    private static String key(String name, int number) {
        String digits = Integer.toString(number);
        return LOG + name + "/" + "000000000".substring(digits.length()) + digits;
    }

    /** The lines of a run. */
    List<Line> lines(String uid, String container, long run) {
        List<Line> lines = new ArrayList<>();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        Instant[] begun = new Instant[1];
        memory.scan(LOG + uid + "/" + container + "/" + run + "/", (key, value) -> {
            ByteBuffer in = ByteBuffer.wrap(value);
            Instant at = Instant.ofEpochSecond(in.getLong(), in.getInt());
            while (in.hasRemaining()) {
                byte b = in.get();
                if (open.size() == 0) {
                    begun[0] = at;
                }
                open.write(b);
                if (b == '\n') {
                    lines.add(new Line(begun[0], open.toByteArray(), true));
                    open.reset();
                }
            }
        });
        if (open.size() > 0) {
            lines.add(new Line(begun[0], open.toByteArray(), false));
        }
        return lines;
    }

    /** How many bytes of a run's beginning are no longer kept. */
    long dropped(String uid, String container, long run) {
        byte[] state = memory.get(SIZE + uid + "/" + container + "/" + run);
        return state == null ? 0 : ByteBuffer.wrap(state).getLong(16);
    }

    /** All that is kept of a run, as it was written. */
    byte[] raw(String uid, String container, long run) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        memory.scan(
                LOG + uid + "/" + container + "/" + run + "/", (key, value) -> all.write(value, 12, value.length - 12));
        return all.toByteArray();
    }

    boolean has(String uid, String container, long run) {
        return memory.get(SIZE + uid + "/" + container + "/" + run) != null;
    }

    /** Forgets the run before the previous one, as the kubelet's garbage collection does. */
    void forgetRun(String uid, String container, long run) {
        String name = uid + "/" + container + "/" + run;
        delete(LOG + name + "/");
        memory.delete(SIZE + name);
    }

    void forget(String uid) {
        delete(LOG + uid + "/");
        delete(SIZE + uid + "/");
    }

    private void delete(String prefix) {
        List<String> keys =
                new ArrayList<>(); // all at once: each look from the start passes over what is deleted already
        memory.scan(prefix, (key, value) -> keys.add(key));
        keys.forEach(memory::delete);
    }

    /** Bytes of lines with or without their timestamps. */
    static byte[] written(List<Line> lines, boolean timestamps) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Line line : lines) {
            if (timestamps) {
                out.writeBytes((Times.nanos(line.at()) + " ").getBytes(StandardCharsets.US_ASCII));
            }
            out.writeBytes(line.text());
        }
        return out.toByteArray();
    }
}
