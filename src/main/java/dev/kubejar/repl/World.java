package dev.kubejar.repl;

import dev.kubejar.cli.Clusters;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.KubeConfig;
import dev.kubejar.cli.Kubectl;
import dev.kubejar.cli.Session;
import dev.kubejar.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the shell's commands share: the open cluster, the environment, the folder to work in. */
final class World {
    private static final String LAST = "\u0001";

    private final Session session;
    private final Map<String, String> environment;
    /** Flags that the shell itself was given, for every command. */
    private final List<String> flags = new ArrayList<>();

    private Path directory;
    int code;

    World(Invocation call) {
        this.session = call.session();
        this.environment = new TreeMap<>(session.environment());
        this.directory = session.directory().toAbsolutePath();
        if (call.flags().changed("kubeconfig")) {
            environment.put(
                    "KUBECONFIG", session.path(call.flags().text("kubeconfig")).toString());
        }
        for (String flag : new String[] {"context", "namespace", "as"}) {
            if (call.flags().changed(flag)) {
                flags.add("--" + flag + "=" + call.flags().text(flag));
            }
        }
    }

    Session session() {
        return session;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The environment, and for {@code $?} a mark: what it is shows only when the command's turn comes. */
    Map<String, String> variables() {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("?", LAST);
        return all;
    }

    Path directory() {
        return directory;
    }

    void directory(Path path) {
        directory = path.normalize();
        environment.put("PWD", directory.toString());
    }

    /** Runs one command line of kubectl on the cluster that is open already. */
    int run(List<String> words, InputStream in, OutputStream out, OutputStream err, Terminal terminal) {
        List<String> args = new ArrayList<>(words.size() > 0 && words.get(0).startsWith("__") ? List.of() : flags);
        words.forEach(word -> args.add(word.replace(LAST, Integer.toString(code))));
        int result = Kubectl.run(child(in, out, err, terminal), args.toArray(new String[0]));
        if (words.size() > 1 && words.get(0).equals("sim") && words.get(1).equals("reset")) {
            session.close(); // what was open is gone
        }
        return result;
    }

    private Session child(InputStream in, OutputStream out, OutputStream err, Terminal terminal) {
        Clusters clusters = session::cluster;
        Session child = new Session(session.program(), in, out, err, environment, directory, terminal, clusters);
        return child;
    }

    /** What a command prints; its complaints are lost. */
    String printed(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(words, new ByteArrayInputStream(new byte[0]), out, OutputStream.nullOutputStream(), Terminal.NONE);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** {@code CONTEXT/NAMESPACE}, as far as the configuration says. */
    String place() {
        try {
            KubeConfig config = KubeConfig.of(
                    child(
                            InputStream.nullInputStream(),
                            OutputStream.nullOutputStream(),
                            OutputStream.nullOutputStream(),
                            Terminal.NONE),
                    flags);
            String context = config.contextName();
            return (context.isEmpty() ? "" : context + "/") + config.namespace();
        } catch (RuntimeException e) {
            return "?"; // each command will say what is wrong with the configuration
        }
    }

    /** Has the command that runs come to its end soon. */
    void stop() {
        if (session.opened() != null) {
            session.opened().cluster().stop(true);
        }
    }

    /** Lets commands run again after {@link #stop}. */
    void ready() {
        if (session.opened() != null) {
            session.opened().cluster().stop(false);
        }
    }
}
