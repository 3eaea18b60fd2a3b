package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.Invocation;
import dev.kubejar.client.NodeStreams.LogChunk;
import dev.kubejar.client.NodeStreams.LogOptions;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Ref;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One container's log, printed once or followed, each line behind a mark where one is wanted. */
final class LogStream {
    private final Invocation call;
    private final Ref pod;
    private final LogOptions options;
    private final byte[] mark;
    private long position = -1;
    private boolean begun;
    private boolean lineBegun;
    private boolean ended;

    LogStream(Invocation call, Ref pod, LogOptions options, String mark) {
        this.call = call;
        this.pod = pod;
        this.options = options;
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
    }

    /** Prints what there is. */
    void print(boolean ignoringErrors) {
        try {
            write(call.cluster().streams().logs(pod, options).bytes());
        } catch (ApiError e) {
            if (!ignoringErrors) {
                throw e;
            }
            call.out().println("error: " + e.getMessage());
        }
    }

    /** Prints all streams as they grow, until every container is over. */
    static void follow(Invocation call, List<LogStream> streams) {
        List<LogStream> open = new ArrayList<>(streams);
        while (!open.isEmpty()) {
            open.forEach(LogStream::advance);
            open.removeIf(stream -> stream.ended);
            call.session().flush();
            if (call.session().unread() || !open.isEmpty() && !call.cluster().awaitChange(null)) {
                open.forEach(LogStream::advance);
                return;
            }
        }
    }

    private void advance() {
        LogChunk chunk = begun
                ? call.cluster().streams().logsFrom(pod, options, position)
                : call.cluster().streams().logs(pod, options);
        begun = true;
        position = chunk.position();
        ended = chunk.ended() || position < 0;
        write(chunk.bytes());
    }

    private void write(byte[] bytes) {
        if (mark.length == 0) {
            call.out().write(bytes);
            return;
        }
        int from = 0;
        while (from < bytes.length) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            end = Math.min(bytes.length, end + 1);
            if (!lineBegun) {
                call.out().write(mark);
            }
            call.out().write(java.util.Arrays.copyOfRange(bytes, from, end));
            lineBegun = bytes[end - 1] != '\n';
            from = end;
        }
    }
}
