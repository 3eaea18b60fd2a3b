package dev.kubejar.cli;

import dev.kubejar.client.Client;
import dev.kubejar.client.Cluster;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.schema.KindCatalog;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One call of a command: its flags and arguments, the session it prints to, and the cluster it speaks to. */
public final class Invocation {
    private final Session session;
    private final String path;
    private final Flags flags;
    private final Flags globals;
    private final List<String> arguments;
    private final int dash;
    private final Set<String> warned = new LinkedHashSet<>();
    private KubeConfig config;
    private CommandClient client;
    private ResourceMapper mapper;
    private boolean changed;

    /** {@code globals}: the flags that every command takes, those too which the command has other ones in the place of. */
    Invocation(Session session, String path, Flags flags, Flags globals, FlagParser.Parsed parsed) {
        this.session = session;
        this.path = path;
        this.flags = flags;
        this.globals = globals;
        this.arguments = parsed.arguments();
        this.dash = parsed.dash();
    }

    public Session session() {
        return session;
    }

    public Output out() {
        return session.out();
    }

    public Output err() {
        return session.err();
    }

    /** The command's words: {@code create configmap}. */
    public String path() {
        return path;
    }

    public Flags flags() {
        return flags;
    }

    /** What is no flag, those behind {@code --} included. */
    public List<String> arguments() {
        return arguments;
    }

    /** How many arguments came before {@code --}; -1 where there is none. */
    public int dash() {
        return dash;
    }

    /** The message with the pointer to help that cobra's usage errors have. */
    public CliError usage(String message) {
        return new CliError(message + "\nSee 'kubectl " + path + " -h' for help and examples");
    }

    public KubeConfig config() {
        if (config == null) {
            config = KubeConfig.load(session, globals);
        }
        return config;
    }

    /** The namespace to work in: the flag's, the context's, or {@code default}. */
    public String namespace() {
        return config().namespace();
    }

    /** Whether the namespace was given by flag, so that a manifest may not name another. */
    public boolean namespaceGiven() {
        return globals.changed("namespace");
    }

    public Cluster cluster() {
        return opened().cluster();
    }

    public KindCatalog kinds() {
        return opened().kinds();
    }

    private Clusters.Opened opened() {
        return session.cluster(config().clusterName());
    }

    public ResourceMapper mapper() {
        if (mapper == null) {
            mapper = new ResourceMapper(opened().discovery());
        }
        return mapper;
    }

    /** Speaks to the cluster as the user that the context and the flags give; prints the server's warnings. */
    public Client client() {
        if (client == null) {
            client = new CommandClient(cluster().client(identity()), this::warn, () -> changed = true);
        }
        return client;
    }

    public Identity identity() {
        return config().identity(cluster());
    }

    public Response call(Request request) {
        return client().call(request);
    }

    public Instant now() {
        return cluster().now();
    }

    /** Prints a warning of the server's, once. */
    public void warn(String text) {
        if (warned.add(text)) {
            err().println("Warning: " + text);
        }
    }

    /** Notes that the cluster was changed by other means than the client, so that it settles at the end. */
    public void changed() {
        changed = true;
    }

    /** Ends the call: lets the cluster come to rest where something changed. */
    int finish(int code) {
        if (changed) {
            changed = false;
            cluster().settle();
        }
        if (code == 0 && !warned.isEmpty() && globals.on("warnings-as-errors")) {
            throw new CliError(warned.size() + (warned.size() == 1 ? " warning received" : " warnings received"));
        }
        return code;
    }
}
