package dev.kubejar.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything a command may touch of the world around it: streams, environment, working folder, name, terminal, clusters.
 * Nothing in this package uses the JVM's own. Many commands may run in one session, one after the other.
 */
public final class Session {
    private final String program;
    private final InputStream in;
    private final Spool spool;
    private final Output out;
    private final Output err;
    private final Map<String, String> environment;
    private final Path directory;
    private final Terminal terminal;
    private final Clusters clusters;
    private Interactive interactive;
    private Clusters.Opened opened;
    private String openedName;

    /**
     * @param program the name the program was started by, {@code kubectl} or {@code kubejar}
     * @param directory what relative paths are resolved against
     */
    public Session(
            String program,
            InputStream in,
            OutputStream out,
            OutputStream err,
            Map<String, String> environment,
            Path directory,
            Terminal terminal,
            Clusters clusters) {
        this.program = program;
        this.in = in;
        this.spool = new Spool(out, err);
        this.out = new Output(spool, false);
        this.err = new Output(spool, true);
        this.environment = environment;
        this.directory = directory;
        this.terminal = terminal;
        this.clusters = clusters;
        spool.beforeBytesLeave(this::commit);
    }

    public String program() {
        return program;
    }

    public InputStream in() {
        return in;
    }

    public Output out() {
        return out;
    }

    public Output err() {
        return err;
    }

    /** An environment variable; empty where it is not set. */
    public String environment(String name) {
        return environment.getOrDefault(name, "");
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Path directory() {
        return directory;
    }

    /** The file a user's path names; {@code ~} is left to the shell. */
    public Path path(String text) {
        return directory.resolve(text);
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Whether nobody reads standard output any more: a command that prints on and on should end. */
    public boolean unread() {
        return spool.outClosed();
    }

    /** Whether what only Kubejar has (sim, shell, check) is offered under the name in use. */
    public boolean ownCommands() {
        return program.equals("kubejar");
    }

    /** The cluster of this name, opened when first asked for and kept for the session's next commands. */
    public Clusters.Opened cluster(String name) {
        if (opened == null || !name.equals(openedName)) {
            close();
            opened = clusters.open(name);
            openedName = name;
        }
        return opened;
    }

    /** A cluster of its own that whoever asks closes, which removes it. */
    public Clusters.Opened scratch(Map<String, String> settings) {
        return clusters.scratch(settings);
    }

    /** Lends what plays commands one after the other. */
    public Session with(Interactive value) {
        interactive = value;
        return this;
    }

    /** What plays commands one after the other; throws within such. */
    public Interactive interactive() {
        if (interactive == null) {
            throw new CliError("there is no shell within a shell");
        }
        return interactive;
    }

    /** The cluster that is open now, or null. */
    public Clusters.Opened opened() {
        return opened;
    }

    /** Makes durable what was written and lets everything printed go out. */
    public void flush() {
        commit();
        spool.flush();
    }

    /** Forgets what was printed and has not gone out: it tells of writes that have not become durable. */
    void discard() {
        spool.discard();
    }

    /** Lets go of the open cluster. */
    public void close() {
        if (opened != null) {
            Clusters.Opened was = opened;
            opened = null;
            was.cluster().close();
        }
    }

    private void commit() {
        if (opened != null) {
            opened.cluster().commit();
        }
    }
}
