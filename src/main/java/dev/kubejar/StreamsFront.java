package dev.kubejar;

import dev.kubejar.client.NodeStreams;
import dev.kubejar.object.Ref;
import java.util.List;
import java.util.function.Supplier;

/** The kubelets' streams as a command reaches them: what may move the cluster happens inside a batch. */
final class StreamsFront implements NodeStreams {
    /** Runs work inside a batch, or on the latest commit. */
    interface Within {
        <T> T write(Supplier<T> work);

        <T> T read(Supplier<T> work);
    }

    private final NodeStreams inner;
    private final Within within;

    StreamsFront(NodeStreams inner, Within within) {
        this.inner = inner;
        this.within = within;
    }

    @Override
    public LogChunk logs(Ref pod, LogOptions options) {
        return within.read(() -> inner.logs(pod, options));
    }

    @Override
    public LogChunk logsFrom(Ref pod, LogOptions options, long position) {
        return within.read(() -> inner.logsFrom(pod, options, position));
    }

    @Override
    public LogChunk output(Ref pod, String container, long position) {
        return within.read(() -> inner.output(pod, container, position));
    }

    @Override
    public int begin(Ref pod, String container, List<String> command, boolean stdin, boolean tty) {
        return within.write(() -> inner.begin(pod, container, command, stdin, tty));
    }

    @Override
    public Turn turn(Ref pod, String container, int session, byte[] input, boolean last) {
        return within.write(() -> inner.turn(pod, container, session, input, last));
    }

    @Override
    public void end(Ref pod, String container, int session) {
        within.write(() -> {
            inner.end(pod, container, session);
            return null;
        });
    }

    @Override
    public byte[] exchange(Ref pod, int port, byte[] request) {
        return within.write(() -> inner.exchange(pod, port, request));
    }
}
