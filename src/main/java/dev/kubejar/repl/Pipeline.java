package dev.kubejar.repl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands joined by pipes. Neighbours that are the host's run together in one shell of the host; ours run one after the other, between
 * them.
 */
final class Pipeline {
    private final World world;
    private final Console console;
    private final Interpreter interpreter;

    /** One of our commands, or the text of several of the host's. */
    private static final class Part {
        final Stage own;
        final StringBuilder host = new StringBuilder();
        final StringBuilder documents = new StringBuilder();
        Process process;

        Part(Stage own) {
            this.own = own;
        }
    }

    Pipeline(World world, Console console, Interpreter interpreter) {
        this.world = world;
        this.console = console;
        this.interpreter = interpreter;
    }

    /** Runs a command of the host alone. */
    int host(String text) throws IOException {
        Part part = new Part(null);
        part.host.append(text);
        return play(List.of(part), null);
    }

    int run(List<Stage> stages, Lines lines) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            if (interpreter.ours(stage, i == 0)) {
                parts.add(new Part(stage));
                continue;
            }
            Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (last == null || last.own != null) {
                last = new Part(null);
                parts.add(last);
            }
            last.host.append(last.host.length() == 0 ? "" : " | ").append(stage.raw());
            last.documents.append(stage.documents());
        }
        return play(parts, lines);
    }

    private int play(List<Part> parts, Lines lines) throws IOException {
        List<Thread> pumps = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).own == null) {
                parts.get(i).process =
                        start(parts.get(i).host + "" + parts.get(i).documents, i == 0, i == parts.size() - 1, pumps);
            }
        }
        int code = 0;
        byte[] before = null;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.own == null) {
                continue;
            }
            Process left = i == 0 ? null : parts.get(i - 1).process;
            Process right = i + 1 == parts.size() ? null : parts.get(i + 1).process;
            InputStream in =
                    left != null ? left.getInputStream() : before == null ? null : new ByteArrayInputStream(before);
            ByteArrayOutputStream held = right == null && i + 1 < parts.size() ? new ByteArrayOutputStream() : null;
            OutputStream out = right != null ? right.getOutputStream() : held;
            code = interpreter.run(part.own, in, out, lines);
            if (right != null) {
                close(out);
            }
            before = held == null ? null : held.toByteArray();
        }
        Process last = parts.get(parts.size() - 1).process;
        for (Part part : parts) {
            code = part.process == null ? code : part.process == last ? ended(part.process) : code;
        }
        join(pumps);
        return code;
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            // the program did not read to the end
        }
    }

    private Process start(String text, boolean first, boolean last, List<Thread> pumps) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", "-c", world.code == 0 ? text : "(exit " + world.code + "); " + text)
                .directory(world.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(world.environment());
        boolean terminal = console.terminal();
        if (first) {
            builder.redirectInput(
                    terminal
                            ? ProcessBuilder.Redirect.INHERIT
                            : ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        }
        if (terminal) {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            if (last) {
                builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
            }
        }
        console.flush();
        Process process = builder.start();
        console.running(process);
        if (!terminal) {
            pumps.add(pump(process.getErrorStream(), console.err()));
            if (last) {
                pumps.add(pump(process.getInputStream(), console.out()));
            }
        }
        return process;
    }

    private static Thread pump(InputStream from, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[8_192];
                    try {
                        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                            to.write(buffer, 0, n);
                            to.flush();
                        }
                    } catch (IOException e) {
                        // one of the two ends is gone
                    }
                },
                "pipe");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private int ended(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static void join(List<Thread> threads) {
        for (Thread each : threads) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
