package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.KubeConfigFiles;
import dev.kubejar.object.Obj;
import java.nio.file.Path;
import java.util.List;

/** What the {@code config} commands share: the files they read and change. */
abstract class ConfigCommand implements Command {
    Invocation call;
    KubeConfigFiles files;

    @Override
    public final int run(Invocation invocation) {
        call = invocation;
        files = KubeConfigFiles.forChange(call.session(), call.flags().text("kubeconfig"));
        return work();
    }

    abstract int work();

    /** The only argument; throws cobra's words for another number, after showing the help. */
    final String onlyArgument() {
        if (call.arguments().size() != 1) {
            throw unexpected();
        }
        return call.arguments().get(0);
    }

    final CliError unexpected() {
        dev.kubejar.cli.Help.print(call.session(), call.err(), call.path(), call.flags());
        return new CliError("Unexpected args: [" + String.join(" ", call.arguments()) + "]");
    }

    /** Takes the entry of a name out of a list in a file. */
    static void remove(Obj content, String list, String name) {
        List<Obj> left = content.list(list).stream()
                .filter(entry -> !entry.text("name").equals(name))
                .toList();
        content.set(list, left);
    }

    /** The entry's body ({@code cluster}, {@code user} or {@code context}) in its file, made where it is not there. */
    final Obj body(Path file, String list, String part, String name) {
        Obj content = files.content(file);
        Obj entry = KubeConfigFiles.entry(content, list, name);
        if (entry == null) {
            entry = Obj.create().set("name", name);
            content.add(list, entry);
            entry = KubeConfigFiles.entry(content, list, name);
        }
        return entry.child(part);
    }

    /** Sets a field, or removes it for an empty value. */
    static void put(Obj body, String field, String value) {
        if (value.isEmpty()) {
            body.remove(field);
        } else {
            body.set(field, value);
        }
    }
}
