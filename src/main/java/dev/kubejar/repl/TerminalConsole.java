package dev.kubejar.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;

/** Somebody's terminal. */
final class TerminalConsole implements Console {
    private final Terminal terminal;
    private final boolean own;
    private LineReader reader;
    private volatile Process process;

    /** {@code own}: it is the process' terminal, which programs of the host can inherit. */
    TerminalConsole(Terminal terminal, boolean own) {
        this.terminal = terminal;
        this.own = own;
    }

    void reader(LineReader value) {
        reader = value;
    }

    @Override
    public OutputStream out() {
        return terminal.output();
    }

    @Override
    public OutputStream err() {
        return terminal.output();
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public boolean terminal() {
        return own;
    }

    @Override
    public int columns() {
        return terminal.getWidth();
    }

    /** Straight from the terminal, which edits and echoes lines by itself meanwhile. */
    @Override
    public InputStream typed() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return terminal.input().read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                int first = terminal.input().read();
                if (first < 0) {
                    return -1;
                }
                into[offset] = (byte) first;
                int count = 1;
                while (count < length && first != '\n' && terminal.input().available() > 0) {
                    first = terminal.input().read();
                    if (first < 0) {
                        break;
                    }
                    into[offset + count++] = (byte) first;
                }
                return count;
            }

            @Override
            public int available() throws IOException {
                return terminal.input().available();
            }
        };
    }

    /** What was pasted together with the command; where that is nothing, what is typed now. */
    @Override
    public InputStream document(Lines lines) {
        if (lines.hasReady()) {
            return new DocumentStream(lines);
        }
        InputStream typed = typed();
        return new DocumentStream(new Lines("", () -> line(typed)));
    }

    private static String line(InputStream in) {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        try {
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    return line.size() == 0 ? null : line.toString(java.nio.charset.StandardCharsets.UTF_8);
                }
                line.write(c);
            }
        } catch (IOException e) {
            return null;
        }
        return line.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void print(String text) {
        terminal.writer().print(text);
        terminal.writer().flush();
    }

    @Override
    public void say(String text) {
        print(text);
    }

    @Override
    public void flush() {
        terminal.flush();
    }

    @Override
    public void history() {
        for (History.Entry entry : reader.getHistory()) {
            print(String.format("%5d  %s%n", entry.index() + 1, entry.line()));
        }
    }

    @Override
    public void running(Process started) {
        process = started;
    }

    /** Stops a program of the host; one that has the terminal has been told by that. */
    void stop() {
        Process last = process;
        if (last != null && !own) {
            last.destroy();
        }
    }
}
