package dev.kubejar.repl;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** {@code kubejar shell}: commands one after the other over one open cluster, typed at a terminal or read from a script. */
public final class Repl {
    private static final String HISTORY = "shell_history";
    private static final int MOST_KEPT = 5_000;

    private final Invocation call;
    private final Session session;
    private final World world;

    public Repl(Invocation call) {
        this.call = call;
        this.session = call.session();
        this.world = new World(call);
    }

    /** Plays what the flags say: a command line, a script, or what is typed; gives the last exit code. */
    public int run() {
        String commands = call.flags().text("command");
        if (call.flags().changed("command")) {
            return script(Lines.of(commands));
        }
        if (!call.arguments().isEmpty()) {
            return script(Lines.of(read(call.arguments().get(0))));
        }
        if (!session.terminal().in()) {
            return script(lines(session.in()));
        }
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            return typed(terminal, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(session.path(file));
        } catch (IOException e) {
            throw new CliError(file + ": cannot be read");
        }
    }

    private static Lines lines(InputStream in) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return new Lines("", () -> {
            try {
                return reader.readLine();
            } catch (IOException e) {
                return null;
            }
        });
    }

    private int script(Lines lines) {
        ScriptConsole console = new ScriptConsole(session.out().stream(), session.err().stream());
        new Interpreter(world, console).play(lines, call.flags().on("exit-on-error"));
        return world.code;
    }

    /** Reads commands from a terminal until its user leaves; {@code own}: it is the process' own. */
    public int typed(Terminal terminal, boolean own) {
        TerminalConsole console = new TerminalConsole(terminal, own);
        LineParser parser = new LineParser(world::variables);
        LineReader reader = reader(terminal, parser);
        console.reader(reader, parser);
        Interpreter interpreter = new Interpreter(world, console);
        boolean[] stopped = {false};
        terminal.handle(Terminal.Signal.INT, signal -> {
            stopped[0] = true;
            world.stop();
            console.stop();
        });
        while (!interpreter.over()) {
            try {
                String line = reader.readLine(world.place() + "> ");
                stopped[0] = false;
                interpreter.play(Lines.of(line), false);
                if (stopped[0]) {
                    console.print("\n");
                }
            } catch (UserInterruptException e) {
                world.code = 130; // what was typed is given up
            } catch (EndOfFileException e) {
                break;
            }
        }
        save(reader);
        return world.code;
    }

    private LineReader reader(Terminal terminal, LineParser parser) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .appName("kubejar")
                .terminal(terminal)
                .parser(parser)
                .completer(new WordCompleter(world))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .variable(LineReader.HISTORY_SIZE, MOST_KEPT)
                .variable(LineReader.HISTORY_FILE_SIZE, MOST_KEPT);
        Path file = history();
        if (file != null) {
            builder.variable(LineReader.HISTORY_FILE, file);
        }
        return builder.build();
    }

    /** The file of what was typed before, for its owner's eyes only; null where there can be none. */
    private Path history() {
        String home = session.environment("KUBEJAR_HOME");
        Path folder = home.isEmpty() ? Path.of(session.environment("HOME"), ".kubejar") : session.path(home);
        Path file = folder.resolve(HISTORY);
        try {
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            if (!posix) {
                Files.createDirectories(folder);
                return file;
            }
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return file;
        } catch (IOException e) {
            return null;
        }
    }

    private static void save(LineReader reader) {
        try {
            reader.getHistory().save();
        } catch (IOException e) {
            // the next shell does not know what was typed in this one
        }
    }
}
