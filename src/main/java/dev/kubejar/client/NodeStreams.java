package dev.kubejar.client;

import dev.kubejar.object.Ref;
import java.time.Instant;
import java.util.List;

/** What only a kubelet can give: logs, exec, attach and port-forward. All throw ApiError in the kubelet's words. */
public interface NodeStreams {

    /** Which part of a container's log is wanted. Zero, null and empty mean: no bound. */
    record LogOptions(
            String container,
            boolean previous,
            boolean timestamps,
            long tailLines,
            boolean tail,
            long limitBytes,
            Instant since) {}

    /** One chunk of a log, and where to go on for following: an opaque position, negative once the container is over. */
    record LogChunk(byte[] bytes, long position, boolean ended) {}

    LogChunk logs(Ref pod, LogOptions options);

    /** What was logged past a position. */
    LogChunk logsFrom(Ref pod, LogOptions options, long position);

    /**
     * What a container's own process has written past a position, to the byte; negative: nothing yet, from now on. The
     * chunk is over when this run of the process is.
     */
    LogChunk output(Ref pod, String container, long position);

    /** The session of a container's own process, for {@link #turn}; what it writes is in its log. */
    int MAIN = 0;

    /**
     * What a command in a container did in one turn.
     *
     * @param over whether it has ended, with this code
     * @param hungry whether it can only go on with more input
     */
    record Turn(byte[] out, byte[] err, boolean over, int code, boolean hungry) {}

    /**
     * Starts a further command in a container; {@link RemoteProcess} carries it to its end.
     *
     * @param stdin whether input follows; without it the command reads nothing
     * @return the number of its session
     */
    int begin(Ref pod, String container, List<String> command, boolean stdin, boolean tty);

    /** Hands over input and lets a session's command go on up to where it waits; {@code last}: no more input comes. */
    Turn turn(Ref pod, String container, int session, byte[] input, boolean last);

    /** Lets go of a session; its command ends if it has not. */
    void end(Ref pod, String container, int session);

    /** Sends one exchange to a port of a pod, as port-forward does, and gives what came back; null where nothing listens. */
    byte[] exchange(Ref pod, int port, byte[] request);
}
