package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.KubeConfigFiles;
import dev.kubejar.object.Obj;
import java.nio.file.Path;

/** {@code kubectl config set-context}. */
public final class SetContext extends ConfigCommand {
    @Override
    public void flags(Flags flags) {
        flags.string("cluster", "")
                .bool("current", false)
                .string("namespace", 'n', "")
                .string("user", "");
    }

    @Override
    int work() {
        Flags flags = call.flags();
        if (call.arguments().size() > 1) {
            throw unexpected();
        }
        String name = call.arguments().isEmpty() ? "" : call.arguments().get(0);
        if (name.isEmpty() && !flags.on("current")) {
            throw new CliError("you must specify a non-empty context name or --current");
        }
        if (!name.isEmpty() && flags.on("current")) {
            throw new CliError("you cannot specify both a context name and --current");
        }
        if (flags.on("current")) {
            name = files.merged().text("current-context");
            if (name.isEmpty()) {
                throw new CliError("no current context is set");
            }
        }
        Path file = files.fileOf("contexts", name);
        boolean there = KubeConfigFiles.entry(files.content(file), "contexts", name) != null;
        Obj context = body(file, "contexts", "context", name);
        context.orSet("cluster", "").orSet("user", "");
        for (String field : new String[] {"cluster", "user"}) {
            if (flags.changed(field)) {
                context.set(field, flags.text(field));
            }
        }
        if (flags.changed("namespace")) {
            put(context, "namespace", flags.text("namespace"));
        }
        files.save(file);
        call.out().println("Context " + Go.quote(name) + (there ? " modified." : " created."));
        return 0;
    }
}
