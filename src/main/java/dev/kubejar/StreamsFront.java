package dev.kubejar;

import dev.kubejar.client.NodeStreams;
import dev.kubejar.object.Ref;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

/** The kubelets' streams as a command reaches them: what may move the cluster happens inside a batch. */
final class StreamsFront implements NodeStreams {
    /** Runs work inside a batch, or on the latest commit. */
    @FunctionalInterface
    interface Within {
        <T> T run(Supplier<T> work);
    }

    private final NodeStreams inner;
    private final Within write;
    private final Within read;

    StreamsFront(NodeStreams inner, Within write, Within read) {
        this.inner = inner;
        this.write = write;
        this.read = read;
    }

    @Override
    public LogChunk logs(Ref pod, LogOptions options) {
        return read.run(() -> inner.logs(pod, options));
    }

    @Override
    public LogChunk logsFrom(Ref pod, LogOptions options, long position) {
        return read.run(() -> inner.logsFrom(pod, options, position));
    }

    @Override
    public int exec(Ref pod, String container, List<String> command, InputStream in, OutputStream out, OutputStream err) {
        return write.run(() -> inner.exec(pod, container, command, in, out, err));
    }

    @Override
    public byte[] exchange(Ref pod, int port, byte[] request) {
        return write.run(() -> inner.exchange(pod, port, request));
    }
}
