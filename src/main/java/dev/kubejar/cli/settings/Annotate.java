package dev.kubejar.cli.settings;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Pairs;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl annotate}. */
public final class Annotate extends MetadataChange {
    private Map<String, String> added = Map.of();
    private List<String> removed = List.of();

    @Override
    String what() {
        return "annotation";
    }

    @Override
    String path() {
        return "metadata.annotations";
    }

    @Override
    String example() {
        return "rsrc";
    }

    @Override
    List<String> parse(List<String> arguments) {
        Pairs pairs = Pairs.of(arguments, "annotation").parse("annotation", true);
        added = new TreeMap<>(pairs.values());
        removed = pairs.removals();
        List<String> both = removed.stream().filter(added::containsKey).toList();
        if (!both.isEmpty()) {
            throw new CliError("can not both modify and remove the following annotation(s) in the same command: "
                    + String.join(", ", both));
        }
        return pairs.resources();
    }

    @Override
    boolean changesAnything() {
        return !added.isEmpty() || !removed.isEmpty();
    }

    @Override
    String change(Obj object, boolean real) {
        if (!flags.on("overwrite")) {
            List<String> clashes = new ArrayList<>();
            Map<String, String> there = object.annotations();
            added.forEach((key, value) -> {
                boolean differs = there.containsKey(key) && !there.get(key).equals(value);
                if (differs && !key.equals("kubernetes.io/change-cause")) {
                    clashes.add("'" + key + "' already has a value (" + there.get(key) + ")");
                }
            });
            if (!clashes.isEmpty()) {
                throw new CliError("--overwrite is false but found the following declared annotation(s): "
                        + String.join("; ", clashes));
            }
        }
        added.forEach(object::setAnnotation);
        removed.forEach(object::removeAnnotation);
        return "annotated";
    }
}
