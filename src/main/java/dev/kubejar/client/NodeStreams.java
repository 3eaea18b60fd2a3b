package dev.kubejar.client;

import dev.kubejar.object.Ref;
import java.io.InputStream;
import java.io.OutputStream;
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
     * Runs a command in a container to its end, moving the clock where it has to wait.
     *
     * @return its exit code
     */
    int exec(Ref pod, String container, List<String> command, InputStream in, OutputStream out, OutputStream err);

    /** Sends one HTTP-like exchange to a port of a pod: what port-forward and proxy need. */
    byte[] exchange(Ref pod, int port, byte[] request);
}
