package dev.kubejar.repl;

import dev.kubejar.cli.CliError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Somebody's terminal. */
final class TerminalConsole implements Console {
    private static final int INTERRUPTED = 130;

    private final Terminal terminal;
    private final boolean own;
    private LineReader reader;
    private LineParser parser;
    private volatile Process process;

    /** {@code own}: it is the process' terminal, which programs of the host can inherit. */
    TerminalConsole(Terminal terminal, boolean own) {
        this.terminal = terminal;
        this.own = own;
    }

    void reader(LineReader value, LineParser itsParser) {
        reader = value;
        parser = itsParser;
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

    /** Straight from the terminal, which edits and echoes lines by itself meanwhile: a line at a time. */
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
                int count = 0;
                while (count < length) {
                    int c = terminal.input().read();
                    if (c < 0) {
                        return count == 0 ? -1 : count;
                    }
                    into[offset + count++] = (byte) c;
                    if (c == '\n') {
                        break;
                    }
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
        return new DocumentStream(new Lines("", this::line));
    }

    /** A line of a document, edited like a command, but neither completed nor remembered; null at its end. */
    private String line() {
        reader.setVariable(LineReader.DISABLE_HISTORY, true);
        reader.setVariable(LineReader.DISABLE_COMPLETION, true);
        parser.commands(false);
        try {
            return reader.readLine("> ");
        } catch (EndOfFileException e) {
            return null;
        } catch (UserInterruptException e) {
            throw CliError.exit(INTERRUPTED);
        } finally {
            parser.commands(true);
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
            reader.setVariable(LineReader.DISABLE_COMPLETION, false);
        }
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
