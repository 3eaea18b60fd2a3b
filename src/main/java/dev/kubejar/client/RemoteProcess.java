package dev.kubejar.client;

import dev.kubejar.client.NodeStreams.LogChunk;
import dev.kubejar.client.NodeStreams.Turn;
import dev.kubejar.object.Ref;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A process in a container with its streams joined to somebody's. Every turn is a batch of its own: no lock is held while
 * it waits for input or for time to pass.
 *
 * <pre>
 * turn (commits, prints)  ->  hungry: read what is typed  ->  turn
 *                         ->  sleeps: jump to what is due ->  turn
 *                         ->  over: its exit code
 * </pre>
 */
public final class RemoteProcess {
    private static final int PIECE = 1 << 16;
    private static final int MOST_AT_ONCE = 1 << 20;
    private static final byte[] NOTHING = {};
    private static final int KILLED = 137;

    private final Cluster cluster;
    private final Ref pod;
    private final String container;
    private final BooleanSupplier unread;
    private InputStream in;

    /**
     * @param in what the process reads, or null
     * @param unread whether nobody reads the output any more
     */
    public RemoteProcess(Cluster cluster, Ref pod, String container, InputStream in, BooleanSupplier unread) {
        this.unread = unread;
        this.cluster = cluster;
        this.pod = pod;
        this.container = container;
        this.in = in;
    }

    /**
     * Runs a command to its end.
     *
     * @return its exit code; 137 where time stands still and it would wait for ever
     */
    public int exec(List<String> command, boolean tty, OutputStream out, OutputStream err) {
        NodeStreams streams = cluster.streams();
        int session = streams.begin(pod, container, command, in != null, tty);
        Turn turn = streams.turn(pod, container, session, NOTHING, false);
        while (true) {
            if (turn.over()) {
                streams.end(pod, container, session);
            }
            cluster.commit();
            // of what came at one instant, the complaints arrive first
            pass(turn.err(), err);
            pass(turn.out(), out);
            if (turn.over()) {
                return turn.code();
            }
            boolean goesOn = !unread.getAsBoolean() && (turn.hungry() && in != null || cluster.awaitChange(null));
            if (!goesOn) {
                streams.end(pod, container, session);
                cluster.commit();
                return KILLED;
            }
            turn = next(session, turn.hungry());
        }
    }

    /**
     * Stays with the container's own process until that run of it ends.
     *
     * @param fromStart whether what it has logged before is printed too
     */
    public void attach(OutputStream out, boolean fromStart) {
        NodeStreams streams = cluster.streams();
        Turn turn = in == null ? null : streams.turn(pod, container, NodeStreams.MAIN, NOTHING, false);
        LogChunk chunk = streams.output(pod, container, fromStart ? 0 : -1);
        while (true) {
            cluster.commit();
            pass(chunk.bytes(), out);
            boolean hungry = turn != null && turn.hungry() && in != null;
            boolean over = chunk.ended() || unread.getAsBoolean();
            if (over || !hungry && !cluster.awaitChange(null)) {
                return;
            }
            turn = turn == null ? null : next(NodeStreams.MAIN, hungry);
            chunk = streams.output(pod, container, chunk.position());
        }
    }

    private Turn next(int session, boolean hungry) {
        if (!hungry || in == null) {
            return cluster.streams().turn(pod, container, session, NOTHING, false);
        }
        byte[] input = read();
        return cluster.streams().turn(pod, container, session, input, in == null);
    }

    /** What is there to be read, at least something; at the end of the input {@code in} becomes null. */
    private byte[] read() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try {
            do {
                int count = in.read(piece, 0, PIECE);
                if (count < 0) {
                    in = null;
                    return all.toByteArray();
                }
                all.write(piece, 0, count);
            } while (in.available() > 0 && all.size() < MOST_AT_ONCE);
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(byte[] bytes, OutputStream to) {
        try {
            if (bytes.length > 0) {
                to.write(bytes);
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
