package dev.kubejar.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One of a session's two output streams: text in UTF-8, held back until the session flushes. */
public final class Output implements Appendable {
    private final Spool spool;
    private final boolean error;

    Output(Spool spool, boolean error) {
        this.spool = spool;
        this.error = error;
    }

    public Output print(String text) {
        spool.append(error, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public Output append(CharSequence text) {
        return print(text.toString());
    }

    @Override
    public Output append(CharSequence text, int start, int end) {
        return print(text.subSequence(start, end).toString());
    }

    @Override
    public Output append(char c) {
        return print(String.valueOf(c));
    }

    public Output println(String text) {
        return print(text).print("\n");
    }

    public Output println() {
        return print("\n");
    }

    public Output write(byte[] bytes) {
        spool.append(error, bytes.clone());
        return this;
    }

    /** Commits, then lets go of everything written so far, on both streams. */
    public void flush() {
        spool.flush();
    }

    /** The same as a stream; {@code flush} on it is this flush. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                spool.append(error, new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                spool.append(error, java.util.Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void flush() throws IOException {
                spool.flush();
            }
        };
    }
}
