package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import java.nio.file.Path;

/** {@code kubectl config set}. */
public final class SetProperty extends ConfigCommand {
    @Override
    public void flags(Flags flags) {
        flags.bool("set-raw-bytes", false);
    }

    @Override
    int work() {
        if (call.arguments().size() != 2) {
            throw unexpected();
        }
        String path = call.arguments().get(0);
        String value = call.arguments().get(1);
        if (value.isEmpty()) {
            throw new CliError("you cannot use set to unset a property");
        }
        if (path.isEmpty()) {
            throw new CliError("you must specify a property");
        }
        Property property = Property.parse(path, files.merged());
        Path file;
        if (property.current()) {
            file = files.fileOfCurrentContext();
            files.content(file).set("current-context", value);
        } else {
            if (property.field.isEmpty()) {
                throw new CliError("can't set a map to a value: " + path);
            }
            file = files.fileOf(property.list, property.name);
            property.put(
                    body(file, property.list, property.part(), property.name),
                    value,
                    call.flags().on("set-raw-bytes"));
        }
        files.save(file);
        call.out().println("Property " + Go.quote(path) + " set.");
        return 0;
    }
}
