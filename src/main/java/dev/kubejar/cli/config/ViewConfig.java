package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.KubeConfigFiles;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;

/** {@code kubectl config view}. */
public final class ViewConfig extends ConfigCommand {
    private static final List<String> CLUSTER_FIELDS = List.of(
            "server",
            "tls-server-name",
            "insecure-skip-tls-verify",
            "certificate-authority",
            "certificate-authority-data",
            "proxy-url",
            "disable-compression",
            "extensions");
    private static final List<String> USER_FIELDS = List.of(
            "client-certificate",
            "client-certificate-data",
            "client-key",
            "client-key-data",
            "token",
            "tokenFile",
            "as",
            "as-uid",
            "as-groups",
            "as-user-extra",
            "username",
            "password",
            "auth-provider",
            "exec",
            "extensions");
    private static final List<String> CONTEXT_FIELDS = List.of("cluster", "user", "namespace", "extensions");

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags, "yaml");
        flags.bool("flatten", false).bool("merge", true).bool("minify", false).bool("raw", false);
    }

    @Override
    int work() {
        Flags flags = call.flags();
        if (!call.arguments().isEmpty()) {
            throw call.usage("unexpected arguments: [" + String.join(" ", call.arguments()) + "]");
        }
        String explicit = flags.text("kubeconfig");
        if (!flags.on("merge") && explicit.isEmpty()) {
            throw new CliError("if merge==false a precise file must be specified");
        }
        if (!explicit.isEmpty() && !Files.exists(call.session().path(explicit))) {
            throw new CliError("stat " + explicit + ": no such file or directory");
        }
        Obj config = files.merged();
        if (flags.on("minify")) {
            minify(config);
        }
        if (flags.on("flatten")) {
            flatten(config);
        } else if (!flags.on("raw")) {
            redact(config);
        }
        PrintFlags.ordered(call).print(ordered(config), call.out());
        return 0;
    }

    private void minify(Obj config) {
        if (!call.flags().text("context").isEmpty()) {
            config.set("current-context", call.flags().text("context"));
        }
        String current = config.text("current-context");
        if (current.isEmpty()) {
            throw new CliError("current-context must exist in order to minify");
        }
        Obj context = KubeConfigFiles.entry(config, "contexts", current);
        if (context == null) {
            throw new CliError("cannot locate context " + current);
        }
        keep(config, "contexts", current);
        keep(config, "clusters", context.text("context.cluster"));
        keep(config, "users", context.text("context.user"));
    }

    private static void keep(Obj config, String list, String name) {
        Obj entry = KubeConfigFiles.entry(config, list, name);
        if (entry == null && !name.isEmpty() && !list.equals("contexts")) {
            throw new CliError("cannot locate " + (list.equals("users") ? "user " : "cluster ") + name);
        }
        config.set(list, entry == null ? List.of() : List.of(entry));
    }

    /** Puts the content of certificate files in the place of their paths. */
    private void flatten(Obj config) {
        for (Obj entry : config.list("clusters")) {
            embed(entry.child("cluster"), "certificate-authority");
        }
        for (Obj entry : config.list("users")) {
            embed(entry.child("user"), "client-certificate");
            embed(entry.child("user"), "client-key");
        }
    }

    private void embed(Obj body, String field) {
        if (!body.text(field).isEmpty()) {
            SetCluster.Embedding.put(call, body, field, body.text(field), true);
        }
    }

    private static void redact(Obj config) {
        for (Obj entry : config.list("clusters")) {
            replace(entry.child("cluster"), "certificate-authority-data", "DATA+OMITTED");
        }
        for (Obj entry : config.list("users")) {
            Obj user = entry.child("user");
            replace(user, "client-certificate-data", "DATA+OMITTED");
            replace(user, "client-key-data", "DATA+OMITTED");
            replace(user, "token", "REDACTED");
            replace(user, "password", "REDACTED");
        }
    }

    private static void replace(Obj body, String field, String shown) {
        if (!body.text(field).isEmpty()) {
            body.set(field, shown);
        }
    }

    /** The fields in the order of client-go's structures. */
    private static Obj ordered(Obj config) {
        Obj made = Obj.create().set("kind", "Config").set("apiVersion", "v1");
        list(made, config, "clusters", "cluster", CLUSTER_FIELDS);
        list(made, config, "users", "user", USER_FIELDS);
        list(made, config, "contexts", "context", CONTEXT_FIELDS);
        return made.set("current-context", config.text("current-context"));
    }

    private static void list(Obj made, Obj config, String list, String part, List<String> fields) {
        List<Obj> entries = config.list(list).stream()
                .sorted(Comparator.comparing(entry -> entry.text("name")))
                .map(entry -> Obj.create().set("name", entry.text("name")).set(part, body(entry.obj(part), fields)))
                .toList();
        if (entries.isEmpty()) {
            made.set(list, Json.NODES.nullNode());
        } else {
            made.set(list, entries);
        }
    }

    private static Obj body(Obj body, List<String> fields) {
        Obj made = Obj.create();
        for (String field : fields) {
            if (body.node().has(field)) {
                made.set(field, body.node().get(field));
            }
        }
        body.node().properties().forEach(field -> {
            if (!made.node().has(field.getKey())) {
                made.node().set(field.getKey(), field.getValue());
            }
        });
        return made;
    }
}
