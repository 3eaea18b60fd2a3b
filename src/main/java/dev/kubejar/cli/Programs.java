package dev.kubejar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Running the user's own programs (editors, diff programs, plugins) within a session. */
public final class Programs {
    private Programs() {}

    /**
     * Runs a program in the session's folder and environment; its output goes where the session's goes.
     *
     * @return its exit code
     * @throws IOException where it cannot be started
     */
    public static int run(Session session, List<String> command) throws IOException {
        session.flush();
        boolean terminal = session.terminal().in() || session.terminal().out();
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder(session));
        builder.environment().clear();
        builder.environment().putAll(session.environment());
        if (terminal) {
            builder.inheritIO();
        }
        Process process = builder.start();
        try {
            if (terminal) {
                return process.waitFor();
            }
            Thread in = feed(session.in(), process.getOutputStream());
            Thread err = drain(process.getErrorStream(), session.err());
            copy(process.getInputStream(), session.out());
            err.join();
            in.interrupt();
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /** Runs a program and gives what it prints; its standard error goes to the session's. */
    static String printed(Session session, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder(session));
        builder.environment().clear();
        builder.environment().putAll(session.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        Thread err = drain(process.getErrorStream(), session.err());
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            err.join();
            return process.waitFor() == 0 ? text : "";
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static java.io.File folder(Session session) {
        return session.directory().toAbsolutePath().toFile();
    }

    private static Thread feed(InputStream from, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try (to) {
                        if (from.available() > 0) {
                            to.write(from.readAllBytes());
                        }
                    } catch (IOException e) {
                        // the program does not read on
                    }
                },
                "stdin");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Thread drain(InputStream from, Output to) {
        Thread thread = new Thread(() -> copy(from, to), "stderr");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, Output to) {
        byte[] buffer = new byte[8_192];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                synchronized (to) {
                    to.write(java.util.Arrays.copyOf(buffer, n));
                }
            }
        } catch (IOException e) {
            // the program is gone
        }
    }
}
