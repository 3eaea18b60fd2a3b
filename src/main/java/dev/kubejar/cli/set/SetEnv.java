package dev.kubejar.cli.set;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Lines;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.object.Obj;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code kubectl set env}. */
public final class SetEnv extends TemplateChange {
    private static final String VALID = "[-._a-zA-Z][-._a-zA-Z0-9]*";

    private List<String> changes = List.of();
    private final List<Obj> added = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    @Override
    void declare(Flags declared) {
        declared.string("containers", 'c', "*")
                .array("env", 'e')
                .string("from", "")
                .slice("keys")
                .bool("list", false)
                .bool("overwrite", true)
                .string("prefix", "")
                .bool("resolve", false)
                .string("selector", 'l', "");
    }

    @Override
    String operation() {
        return "env updated";
    }

    @Override
    boolean objectsFirst() {
        return false;
    }

    @Override
    List<String> parse() {
        if (flags.on("all") && !flags.text("selector").isEmpty()) {
            throw new CliError("cannot set --all and --selector at the same time");
        }
        List<String> resources = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String argument : call.arguments()) {
            if (argument.indexOf('=') > 0 || argument.endsWith("-")) {
                words.add(argument);
            } else if (words.isEmpty()) {
                resources.add(argument);
            } else {
                throw new CliError("all resources must be specified before environment changes: "
                        + String.join(" ", call.arguments()));
            }
        }
        changes = words;
        return resources;
    }

    @Override
    void validate(List<String> resources) {
        if (flags.on("local") && dryRun.server()) {
            throw new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
        }
        if (flags.list("filename").isEmpty() && resources.isEmpty()) {
            throw new CliError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
        }
        if (flags.on("list") && !flags.text("output").isEmpty()) {
            throw new CliError("--list and --output may not be specified together");
        }
        if (!flags.list("keys").isEmpty() && flags.text("from").isEmpty()) {
            throw new CliError("when specifying --keys, a configmap or secret must be provided with --from");
        }
        List<String> all = new ArrayList<>(flags.list("env"));
        all.addAll(changes);
        all.forEach(this::read);
        if (removed.stream().anyMatch(name -> added.stream()
                .anyMatch(each -> each.text("name").equals(name)))) {
            throw new CliError("can not both modify and remove the same environment variable in the same command");
        }
        if (!flags.text("from").isEmpty()) {
            from();
        }
        added.forEach(each -> each.set("name", flags.text("prefix") + each.text("name")));
    }

    private void read(String change) {
        int equals = change.indexOf('=');
        if (change.equals("-")) {
            standardInput();
        } else if (equals >= 0) {
            String name = change.substring(0, equals);
            if (!name.matches(VALID)) {
                throw new CliError(Go.quote(name) + " is not a valid key name: a valid environment variable name must"
                        + " consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit"
                        + " (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is"
                        + " '[-._a-zA-Z][-._a-zA-Z0-9]*')");
            }
            added.add(variable(name, change.substring(equals + 1)));
        } else if (change.endsWith("-")) {
            removed.add(change.substring(0, change.length() - 1));
        } else {
            throw new CliError("unknown environment variable: " + change);
        }
    }

    private static Obj variable(String name, String value) {
        Obj variable = Obj.create().set("name", name);
        return value.isEmpty() ? variable : variable.set("value", value);
    }

    private void standardInput() {
        try {
            String text = new String(Lines.all(call.session().in()), StandardCharsets.UTF_8);
            for (String written : text.split("\n")) {
                String line = written.contains("#") ? written.substring(0, written.indexOf('#')) : written;
                int equals = line.indexOf('=');
                if (equals >= 0) {
                    added.add(variable(line.substring(0, equals), line.substring(equals + 1)));
                }
            }
        } catch (IOException e) {
            throw new CliError("read STDIN: " + dev.kubejar.cli.Disk.reason(e));
        }
    }

    /** Takes variables over from the keys of a ConfigMap or a Secret. */
    private void from() {
        List<Info> infos = new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .arguments(flags.on("all"), List.of(flags.text("from")))
                .latest()
                .flatten()
                .build()
                .infos();
        for (Info info : infos) {
            String kind = info.object().kind();
            if (!kind.equals("ConfigMap") && !kind.equals("Secret")) {
                throw new CliError("unsupported resource specified in --from");
            }
            String reference = kind.equals("Secret") ? "secretKeyRef" : "configMapKeyRef";
            for (String key : new TreeSet<>(info.object().map("data").keySet())) {
                if (flags.list("keys").isEmpty() || flags.list("keys").contains(key)) {
                    Obj source = Obj.create().set("name", info.name()).set("key", key);
                    added.add(Obj.create().set("name", nameOf(key)).set("valueFrom." + reference, source));
                }
            }
        }
    }

    private String nameOf(String key) {
        String name = key.replaceAll("[^a-zA-Z0-9_]", "_").toUpperCase(Locale.ROOT);
        if (!name.equals(key)) {
            call.warn("key " + key + " transferred to " + name);
        }
        return name;
    }

    @Override
    void change(Obj object, Obj podSpec) {
        List<Obj> chosen = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            podSpec.list(list).stream()
                    .filter(each -> Patterns.matches(each.text("name"), flags.text("containers")))
                    .forEach(chosen::add);
        }
        if (chosen.isEmpty()) {
            call.warn(object.kind() + "/" + object.name() + " does not have any containers matching "
                    + Go.quote(flags.text("containers")));
        }
        for (Obj container : chosen) {
            if (!flags.on("overwrite")) {
                refuseOverwriting(object, container);
            }
            update(container);
            if (flags.on("list")) {
                list(object, container);
            }
        }
    }

    private void refuseOverwriting(Obj object, Obj container) {
        for (Obj wanted : added) {
            for (Obj there : container.list("env")) {
                if (there.text("name").equals(wanted.text("name"))
                        && !there.text("value").equals(wanted.text("value"))) {
                    throw new CliError("error: "
                            + call.mapper()
                                    .findKind(object.group(), object.kind())
                                    .name()
                            + "/" + object.name() + " '" + there.text("name") + "' already has a value ("
                            + there.text("value") + "), and --overwrite is false\n");
                }
            }
        }
    }

    private void update(Obj container) {
        TreeMap<String, Obj> fresh = new TreeMap<>();
        added.forEach(each -> fresh.put(each.text("name"), each));
        List<Obj> env = new ArrayList<>();
        for (Obj there : container.list("env")) {
            String name = there.text("name");
            if (fresh.containsKey(name)) {
                env.add(fresh.remove(name).copy());
            } else if (!removed.contains(name)) {
                env.add(there);
            }
        }
        for (Obj each : added) {
            if (fresh.remove(each.text("name")) != null) {
                env.add(each.copy());
            }
        }
        if (env.isEmpty()) {
            container.remove("env");
        } else {
            container.set("env", env);
        }
    }

    private void list(Obj object, Obj container) {
        call.out().println("# " + object.kind() + " " + object.name() + ", container " + container.text("name"));
        EnvReferences references = new EnvReferences(call, object, container);
        TreeMap<String, List<String>> unresolved = new TreeMap<>();
        for (Obj variable : container.list("env")) {
            String name = variable.text("name");
            if (!variable.has("valueFrom")) {
                call.out().println(name + "=" + variable.text("value"));
                continue;
            }
            if (flags.on("resolve")) {
                try {
                    call.out().println(name + "=" + references.value(variable.obj("valueFrom")));
                    continue;
                } catch (CliError | dev.kubejar.object.ApiError e) {
                    unresolved
                            .computeIfAbsent(e.getMessage(), key -> new ArrayList<>())
                            .add(name);
                }
            }
            call.out().println("# " + name + " from " + EnvReferences.text(variable.obj("valueFrom")));
        }
        unresolved.forEach((why, names) ->
                call.err().println("error retrieving reference for " + String.join(", ", names) + ": " + why));
    }

    @Override
    boolean readsOnly() {
        return flags.on("list");
    }

    @Override
    String failure() {
        return "failed to patch env update to pod template: ";
    }
}
