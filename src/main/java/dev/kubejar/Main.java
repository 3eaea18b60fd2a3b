package dev.kubejar;

import dev.kubejar.cli.Interactive;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Kubectl;
import dev.kubejar.cli.Session;
import dev.kubejar.cli.Terminal;
import dev.kubejar.repl.Repl;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Puts the program together; nothing else knows all of its parts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        int code = run(
                System.getProperty("kubejar.program", "kubejar"),
                args,
                environment(),
                Path.of(""),
                new FileInputStream(FileDescriptor.in),
                out,
                err,
                terminal(System.getenv("KUBEJAR_TTY")),
                false);
        Runtime.getRuntime().halt(code);
    }

    /** The process' own; without HOME, as in some services, the user's home is what the system says. */
    private static Map<String, String> environment() {
        Map<String, String> own = System.getenv();
        if (!own.getOrDefault("HOME", "").isEmpty()) {
            return own;
        }
        Map<String, String> more = new TreeMap<>(own);
        more.put("HOME", System.getProperty("user.home", "."));
        return more;
    }

    /** Which of the streams are terminals, as the launcher saw it: {@code 0,1,2} and the width. */
    private static Terminal terminal(String facts) {
        if (facts == null || facts.isEmpty()) {
            return Terminal.NONE;
        }
        int columns = 80;
        return new Terminal(facts.contains("0"), facts.contains("1"), facts.contains("2"), columns);
    }

    /**
     * Runs one command line as a process of its own would, on clusters that nobody else uses: what waits for a time-out
     * jumps to it.
     */
    public static int runAlone(
            String[] args,
            Map<String, String> environment,
            Path folder,
            InputStream in,
            OutputStream out,
            OutputStream err) {
        return runAlone("kubectl", args, environment, folder, in, out, err);
    }

    /** The same under another name: {@code kubejar} has commands of its own. */
    public static int runAlone(
            String program,
            String[] args,
            Map<String, String> environment,
            Path folder,
            InputStream in,
            OutputStream out,
            OutputStream err) {
        return run(program, args, environment, folder, in, out, err, Terminal.NONE, true);
    }

    /** Loads the shell and its libraries for whoever asks for them. */
    private static final class Front implements Interactive {
        @Override
        public int run(Invocation call) {
            return new Repl(call).run();
        }
    }

    /** Runs one command line on clusters that others may use meanwhile: what waits for somebody waits in real time. */
    public static int runAmongOthers(
            String[] args,
            Map<String, String> environment,
            Path folder,
            InputStream in,
            OutputStream out,
            OutputStream err) {
        return run("kubectl", args, environment, folder, in, out, err, Terminal.NONE, false);
    }

    private static int run(
            String program,
            String[] args,
            Map<String, String> environment,
            Path folder,
            InputStream in,
            OutputStream out,
            OutputStream err,
            Terminal terminal,
            boolean alone) {
        LocalClusters clusters = new LocalClusters(environment, err, alone);
        Session session = new Session(program, in, out, err, environment, folder, terminal, clusters).with(new Front());
        try {
            return Kubectl.run(session, args);
        } finally {
            session.close();
        }
    }
}
