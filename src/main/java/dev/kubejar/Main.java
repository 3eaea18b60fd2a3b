package dev.kubejar;

import dev.kubejar.cli.Clusters;
import dev.kubejar.cli.Kubectl;
import dev.kubejar.cli.Session;
import dev.kubejar.cli.Terminal;
import dev.kubejar.sim.VirtualClock;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
        return run("kubectl", args, environment, folder, in, out, err, Terminal.NONE, true);
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
        Clusters clusters = name -> open(name, environment, err, alone);
        Session session = new Session(program, in, out, err, environment, folder, terminal, clusters);
        try {
            return Kubectl.run(session, args);
        } finally {
            session.close();
        }
    }

    private static Clusters.Opened open(String name, Map<String, String> environment, OutputStream err, boolean alone) {
        Path folder = home(environment).resolve("clusters").resolve(name);
        ClusterSettings settings =
                new ClusterSettings(folder, environment, VirtualClock.wall(), alone, message -> say(err, message));
        LocalCluster cluster = LocalCluster.open(settings);
        return new Clusters.Opened(cluster, new KindDiscovery(cluster::customKinds), cluster.kinds());
    }

    /** {@code $KUBEJAR_HOME}, or {@code ~/.kubejar}. */
    private static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("KUBEJAR_HOME", "");
        return home.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".kubejar") : Path.of(home);
    }

    private static void say(OutputStream err, String message) {
        try {
            err.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (java.io.IOException e) {
            // nobody reads what is said in passing
        }
    }
}
