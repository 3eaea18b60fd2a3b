package dev.kubejar;

import dev.kubejar.client.NodeStreams;
import dev.kubejar.object.Ref;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
    public int exec(
            Ref pod, String container, List<String> command, InputStream in, OutputStream out, OutputStream err) {
        InputStream input = in == null ? null : new ByteArrayInputStream(read(in));
        return within.write(() -> inner.exec(pod, container, command, input, out, err));
    }

    /** Standard input is read before the batch begins: the lock is not held while somebody types. */
    private static byte[] read(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] exchange(Ref pod, int port, byte[] request) {
        return within.write(() -> inner.exchange(pod, port, request));
    }
}
