package dev.kubejar.repl;

import dev.kubejar.cli.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Carries out command lines: kubectl's commands in this process, others by the host's shell, joined by pipes. */
final class Interpreter {
    private static final Set<String> NAMES = Set.of("kubectl", "kubejar", "k");

    private final World world;
    private final Console console;
    private final Set<String> commands;
    private boolean over;

    Interpreter(World world, Console console) {
        this.world = world;
        this.console = console;
        this.commands = new java.util.HashSet<>(dev.kubejar.cli.Kubectl.commands(true));
    }

    boolean over() {
        return over;
    }

    /** Plays the lines that there are; with {@code stopAtError} up to the first command that fails. */
    void play(Lines lines, boolean stopAtError) {
        for (String line = lines.next(); line != null && !over; line = lines.next()) {
            if (line.isBlank()) {
                continue;
            }
            try {
                if (line.startsWith("!")) {
                    world.code = host(line.substring(1));
                } else {
                    line(line, lines);
                }
            } catch (Incomplete e) {
                complain("unexpected end of the commands: " + e.getMessage() + " is still open");
            } catch (IllegalArgumentException e) {
                complain(e.getMessage());
            } catch (IOException e) {
                complain(e.getMessage());
            }
            console.flush();
            if (stopAtError && world.code != 0) {
                return;
            }
            if (!lines.hasReady() && console.interactive()) {
                return;
            }
        }
    }

    private void complain(String message) {
        world.code = 2;
        console.say("error: " + message + "\n");
    }

    private void line(String line, Lines lines) throws IOException {
        for (Step step :
                CommandLine.read(line, lines, world.variables(), words -> Patterns.expand(world.directory(), words))) {
            boolean run =
                    switch (step.after()) {
                        case "&&" -> world.code == 0;
                        case "||" -> world.code != 0;
                        default -> true;
                    };
            if (run && !over) {
                world.code = step.stages().size() == 1
                        ? single(step.stages().get(0), lines)
                        : new Pipeline(world, console, this).run(step.stages(), lines);
            }
        }
    }

    /** Whether a command is ours: named so, or known to kubectl; and what no program of the host is called either. */
    boolean ours(Stage stage, boolean first) {
        String name = stage.words().isEmpty() ? "" : stage.words().get(0);
        if (NAMES.contains(name)) {
            return true;
        }
        return first && (commands.contains(name) || name.startsWith("-") || !Programs.found(name, world));
    }

    private int host(String text) throws IOException {
        return new Pipeline(world, console, this).host(text);
    }

    private int single(Stage stage, Lines lines) throws IOException {
        if (stage.words().isEmpty()) {
            Streams.open(stage.redirects(), console, world, InputStream.nullInputStream())
                    .close();
            return 0;
        }
        Integer own = builtIn(stage.words());
        if (own != null) {
            return own;
        }
        if (!ours(stage, true)) {
            return host(stage.raw() + stage.documents());
        }
        return run(stage, null, null, lines);
    }

    /**
     * Runs one of kubectl's commands.
     *
     * @param piped what it reads, and {@code out} where it writes; null: what the console has
     */
    int run(Stage stage, InputStream piped, OutputStream out, Lines lines) throws IOException {
        List<String> words = stage.words();
        if (NAMES.contains(words.get(0))) {
            words = words.subList(1, words.size());
        }
        boolean document = readsDocument(words);
        InputStream in = piped != null ? piped : document ? console.document(lines) : console.typed();
        try (Streams streams = Streams.open(stage.redirects(), console, world, in)) {
            boolean elsewhere = out != null || streams.outMoved();
            Terminal terminal = new Terminal(
                    console.interactive() && piped == null && !streams.inMoved() && !document,
                    console.interactive() && !elsewhere,
                    console.interactive() && !streams.errMoved(),
                    console.columns());
            world.ready();
            OutputStream to = streams.outMoved() || out == null ? streams.out() : out;
            return world.run(words, streams.in(), to, streams.err(to), terminal);
        }
    }

    /** {@code -f -} and its like, or {@code check -}. */
    private static boolean readsDocument(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                return false;
            }
            if (word.equals("-") || word.equals("-f-") || word.equals("-f=-") || word.equals("--filename=-")) {
                return true;
            }
        }
        return false;
    }

    private Integer builtIn(List<String> words) {
        String name = words.get(0);
        if (name.equals("exit") || name.equals("quit")) {
            over = true;
            return words.size() > 1 && words.get(1).matches("\\d{1,3}") ? Integer.parseInt(words.get(1)) : world.code;
        }
        if (name.equals("help") && words.size() == 1) {
            console.print(Help.TEXT);
            return 0;
        }
        if (name.equals("use") && words.size() == 2) {
            return use(words.get(1));
        }
        if (name.equals("cd") && words.size() <= 2) {
            return folder(words.size() == 2 ? words.get(1) : world.environment().getOrDefault("HOME", "."));
        }
        if (name.equals("history") && words.size() == 1 && console.interactive()) {
            console.history();
            return 0;
        }
        return null;
    }

    private int use(String namespace) {
        return world.run(
                List.of("config", "set-context", "--current", "--namespace=" + namespace),
                InputStream.nullInputStream(),
                console.out(),
                console.err(),
                Terminal.NONE);
    }

    private int folder(String name) {
        Path path = world.directory().resolve(name);
        if (!Files.isDirectory(path)) {
            console.say("cd: " + name + ": not a folder\n");
            return 1;
        }
        world.directory(path);
        return 0;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
