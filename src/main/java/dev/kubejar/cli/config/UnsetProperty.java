package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import java.nio.file.Path;
import java.util.List;

/** {@code kubectl config unset}. */
public final class UnsetProperty extends ConfigCommand {
    @Override
    int work() {
        String path = onlyArgument();
        if (path.isEmpty()) {
            throw new CliError("you must specify a property");
        }
        Property property = Property.parse(path, files.merged());
        Path file = property.current() ? files.fileOfCurrentContext() : files.fileOf(property.list, property.name);
        if (property.current()) {
            files.content(file).set("current-context", "");
        } else {
            property.remove(files, List.of(files.content(file)));
        }
        files.save(file);
        call.out().println("Property " + Go.quote(path) + " unset.");
        return 0;
    }
}
