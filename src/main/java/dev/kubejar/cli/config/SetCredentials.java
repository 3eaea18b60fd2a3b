package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Pairs;
import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code kubectl config set-credentials}. */
public final class SetCredentials extends ConfigCommand {
    @Override
    public void flags(Flags flags) {
        flags.string("auth-provider", "")
                .slice("auth-provider-arg")
                .string("client-certificate", "")
                .string("client-key", "")
                .bool("embed-certs", false)
                .string("exec-api-version", "")
                .slice("exec-arg")
                .string("exec-command", "")
                .array("exec-env")
                .string("exec-interactive-mode", "")
                .bool("exec-provide-cluster-info", false)
                .string("password", "")
                .string("token", "")
                .string("username", "");
    }

    @Override
    int work() {
        Flags flags = call.flags();
        if (call.arguments().size() != 1) {
            dev.kubejar.cli.Help.print(call.session(), call.err(), call.path(), flags);
            return 1;
        }
        String name = call.arguments().get(0);
        validate(flags, name);
        Path file = files.fileOf("users", name);
        Obj user = body(file, "users", "user", name);
        for (String field : List.of("client-certificate", "client-key")) {
            if (flags.changed(field)) {
                SetCluster.Embedding.put(call, user, field, flags.text(field), flags.on("embed-certs"));
            }
        }
        secrets(flags, user);
        provider(flags, user);
        exec(flags, user);
        files.save(file);
        call.out().println("User " + Go.quote(name) + " set.");
        return 0;
    }

    private void validate(Flags flags, String name) {
        if (name.isEmpty()) {
            throw new CliError("you must specify a non-empty user name");
        }
        boolean basic =
                !flags.text("username").isEmpty() || !flags.text("password").isEmpty();
        if (basic && !flags.text("token").isEmpty()) {
            throw new CliError("you cannot specify more than one authentication method at the same time: --token,"
                    + " --username/--password");
        }
        if (flags.on("embed-certs")) {
            if (flags.text("client-certificate").isEmpty()
                    && flags.text("client-key").isEmpty()) {
                throw new CliError("you must specify a --client-certificate or --client-key to embed");
            }
            for (String flag : List.of("client-certificate", "client-key")) {
                if (!flags.text(flag).isEmpty()) {
                    SetCluster.Embedding.check(call, flag, flags.text(flag));
                }
            }
        }
        String mode = flags.text("exec-interactive-mode");
        if (!Set.of("", "IfAvailable", "Never", "Always").contains(mode)) {
            throw new CliError("invalid interactive mode type, can be only IfAvailable, Never, Always");
        }
    }

    /** A token takes the place of a name and password, and they of it. */
    private static void secrets(Flags flags, Obj user) {
        boolean token = flags.changed("token") && !flags.text("token").isEmpty();
        boolean basic = false;
        for (String field : List.of("token", "username", "password")) {
            if (flags.changed(field)) {
                put(user, field, flags.text(field));
                basic |= !field.equals("token") && !flags.text(field).isEmpty();
            }
        }
        if (token && !basic) {
            user.remove("username").remove("password");
        } else if (basic && !token) {
            user.remove("token");
        }
    }

    private static void provider(Flags flags, Obj user) {
        String name = flags.text("auth-provider");
        if (flags.changed("auth-provider") && !user.text("auth-provider.name").equals(name)) {
            user.set("auth-provider", Obj.create().set("name", name));
        }
        if (user.has("auth-provider")) {
            Pairs pairs = Pairs.of(flags.list("auth-provider-arg"), "auth-provider-arg")
                    .parse("auth-provider-arg", true);
            Obj config = user.child("auth-provider.config");
            pairs.removals().forEach(config.node()::remove);
            pairs.values().forEach(config.node()::put);
        }
    }

    private static void exec(Flags flags, Obj user) {
        if (flags.changed("exec-command")) {
            Obj exec = user.child("exec");
            exec.set("command", flags.text("exec-command")).remove("args");
        }
        if (!user.has("exec")) {
            return;
        }
        Obj exec = user.child("exec");
        if (flags.changed("exec-api-version")) {
            exec.set("apiVersion", flags.text("exec-api-version"));
        }
        if (!flags.list("exec-arg").isEmpty()) {
            exec.setTexts("args", flags.list("exec-arg"));
        }
        if (flags.changed("exec-interactive-mode")) {
            exec.set("interactiveMode", flags.text("exec-interactive-mode"));
        }
        if (flags.changed("exec-provide-cluster-info")) {
            exec.set("provideClusterInfo", flags.on("exec-provide-cluster-info"));
        }
        Pairs pairs = Pairs.of(flags.list("exec-env"), "exec-env").parse("exec-env", true);
        List<Obj> env = new ArrayList<>(exec.list("env"));
        env.removeIf(each ->
                pairs.removals().contains(each.text("name")) || pairs.values().containsKey(each.text("name")));
        pairs.values()
                .forEach((key, value) -> env.add(Obj.create().set("name", key).set("value", value)));
        if (!env.isEmpty() || exec.has("env")) {
            exec.set("env", env);
        }
    }
}
