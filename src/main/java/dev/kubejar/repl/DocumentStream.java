package dev.kubejar.repl;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Lines as a stream of bytes, taken one by one when they are read, up to one that is a dot. */
final class DocumentStream extends InputStream {
    private final Lines lines;
    private ByteArrayInputStream line = new ByteArrayInputStream(new byte[0]);
    private boolean ended;

    DocumentStream(Lines lines) {
        this.lines = lines;
    }

    @Override
    public int read() {
        return fill() ? line.read() : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return length == 0 ? 0 : fill() ? line.read(into, offset, length) : -1;
    }

    private boolean fill() {
        while (line.available() == 0 && !ended) {
            String next = lines.next();
            if (next == null || next.equals(".")) {
                ended = true;
            } else {
                line = new ByteArrayInputStream(Interpreter.bytes(next + "\n"));
            }
        }
        return !ended;
    }
}
