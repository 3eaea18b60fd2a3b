package dev.kubejar.cli;

import dev.kubejar.client.Cluster;
import dev.kubejar.client.Identity;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kubeconfig in force: files merged as client-go merges them, with the overrides of the command's flags. */
public final class KubeConfig {
    private static final String LOCAL = "kubejar://";

    private final KubeConfigFiles files;
    private final Obj merged;
    private final Flags flags;

    private KubeConfig(KubeConfigFiles files, Flags flags) {
        this.files = files;
        this.merged = files.merged();
        this.flags = flags;
    }

    static KubeConfig load(Session session, Flags flags) {
        return new KubeConfig(KubeConfigFiles.of(session, flags.text("kubeconfig")), flags);
    }

    /** The one that a command without flags of its own would have; {@code args} are global flags. */
    public static KubeConfig of(Session session, List<String> args) {
        Flags flags = GlobalFlags.declare();
        FlagParser.parse(flags, args);
        return load(session, flags);
    }

    public KubeConfigFiles files() {
        return files;
    }

    /** The context in force by name; empty where none is set. */
    public String contextName() {
        String given = flags.text("context");
        return given.isEmpty() ? merged.text("current-context") : given;
    }

    private Obj context() {
        String name = contextName();
        Obj found = KubeConfigFiles.entry(merged, "contexts", name);
        if (found == null && !name.isEmpty()) {
            throw CliError.plain("Error in configuration: context was not found for specified context: " + name);
        }
        return found == null ? Obj.create() : found.obj("context");
    }

    /** The namespace of the flag or the context, or {@code default}. */
    public String namespace() {
        String given = flags.text("namespace");
        if (!given.isEmpty()) {
            confirm();
            return given;
        }
        String own = context().text("namespace");
        confirm();
        return own.isEmpty() ? "default" : own;
    }

    /** The local cluster that the context stands for; throws where it stands for something else. */
    public String clusterName() {
        confirm();
        String server = server();
        if (!server.startsWith(LOCAL)) {
            throw new CliError("the server " + Go.quote(server)
                    + " is not a local cluster: Kubejar works on clusters of its own only, whose server is "
                    + LOCAL + "NAME");
        }
        String name = server.substring(LOCAL.length());
        while (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!valid(name)) {
            throw new CliError("the server " + Go.quote(server) + " has no valid cluster name behind " + LOCAL);
        }
        return name;
    }

    /** Letters and digits, and behind the first also dots, underscores and dashes. */
    private static boolean valid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && (i == 0 || c != '.' && c != '_' && c != '-')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The address of the cluster in force. */
    public String server() {
        String given = flags.text("server");
        if (!given.isEmpty()) {
            return given;
        }
        String name = flags.text("cluster").isEmpty() ? context().text("cluster") : flags.text("cluster");
        Obj found = KubeConfigFiles.entry(merged, "clusters", name);
        String server = found == null ? "" : found.text("cluster.server");
        if (server.isEmpty() && !name.isEmpty()) {
            throw new CliError(
                    found == null
                            ? "no server found for cluster " + Go.quote(name)
                            : "no server defined for cluster " + Go.quote(name));
        }
        if (server.isEmpty()) {
            throw CliError.plain("The connection to the server localhost:8080 was refused"
                    + " - did you specify the right host or port?");
        }
        return server;
    }

    private String userName() {
        return flags.text("user").isEmpty() ? context().text("user") : flags.text("user");
    }

    private void confirm() {
        String user = userName();
        if (!user.isEmpty() && KubeConfigFiles.entry(merged, "users", user) == null) {
            throw new CliError("auth info " + Go.quote(user) + " does not exist");
        }
        timeout();
        String cluster = flags.text("cluster");
        if (!cluster.isEmpty() && KubeConfigFiles.entry(merged, "clusters", cluster) == null) {
            throw new CliError("no server found for cluster " + Go.quote(cluster));
        }
        boolean more = flags.changed("as-group") || flags.changed("as-uid") || flags.changed("as-user-extra");
        if (more && flags.text("as").isEmpty()) {
            throw new CliError("requesting uid, groups or user-extra for " + (user.isEmpty() ? "" : user)
                    + " without impersonating a user");
        }
    }

    private void timeout() {
        String text = flags.text("request-timeout");
        try {
            Go.integer(text);
        } catch (CliError notSeconds) {
            try {
                Go.duration(text);
            } catch (CliError e) {
                throw new CliError("Invalid timeout value. Timeout must be a single integer in seconds, or an integer"
                        + " followed by a corresponding time unit (e.g. 1s | 2m | 3h)");
            }
        }
    }

    /** Who asks: the context's user, or whom {@code --as} tells to act for. */
    public Identity identity(Cluster cluster) {
        Identity own = authenticated(cluster);
        String as = flags.text("as");
        if (as.isEmpty()) {
            return own;
        }
        List<String> named = flags.list("as-group");
        List<String> groups = new ArrayList<>(named);
        if (groups.isEmpty() && as.startsWith("system:serviceaccount:")) {
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + as.split(":", 4)[2]);
        }
        String last = as.equals("system:anonymous") ? "system:unauthenticated" : "system:authenticated";
        if (!groups.contains(last)) {
            groups.add(last);
        }
        Identity other = new Identity(as, flags.text("as-uid"), List.copyOf(groups), extra());
        cluster.checkImpersonation(own, other, named);
        return other;
    }

    /** What {@code --as-user-extra} tells of the user to act for: {@code KEY=VALUE}, by key. */
    private Map<String, List<String>> extra() {
        Map<String, List<String>> extra = new TreeMap<>();
        for (String each : flags.list("as-user-extra")) {
            int equals = each.indexOf('=');
            String key = equals < 0 ? each : each.substring(0, equals);
            extra.computeIfAbsent(key.toLowerCase(java.util.Locale.ROOT), any -> new ArrayList<>())
                    .add(each.substring(equals + 1));
        }
        return extra;
    }

    private Identity authenticated(Cluster cluster) {
        if (flags.changed("token")) {
            return cluster.authenticate(flags.text("token"));
        }
        Obj entry = KubeConfigFiles.entry(merged, "users", userName());
        Obj user = entry == null ? Obj.create() : entry.obj("user");
        if (!user.text("token").isEmpty()) {
            return cluster.authenticate(user.text("token"));
        }
        if (!user.text("tokenFile").isEmpty()) {
            return cluster.authenticate(files.text(user.text("tokenFile")).strip());
        }
        Identity certified = ClientCertificate.identity(user, files, cluster);
        if (certified != null) {
            return certified;
        }
        if (user.isEmpty() && (entry == null || entry.text("name").equals("admin"))) {
            return Identity.ADMIN;
        }
        if (user.isEmpty()) {
            return Identity.of("system:anonymous", "system:unauthenticated");
        }
        throw new ApiError(401, "Unauthorized", "Unauthorized");
    }

    /** Where the user's own kubeconfig lies unless told otherwise. */
    static Path home(Session session) {
        String home = session.environment("KUBEJAR_HOME");
        return home.isEmpty() ? session.path(session.environment("HOME")).resolve(".kubejar") : session.path(home);
    }
}
