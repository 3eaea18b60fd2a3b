package dev.kubejar.cli.settings;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Pairs;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl label}. */
public final class Label extends MetadataChange {
    private static final String NOT_LABELED = "not labeled";

    private final Map<String, String> added = new TreeMap<>();
    private final List<String> removed = new ArrayList<>();

    @Override
    String what() {
        return "label";
    }

    @Override
    String path() {
        return "metadata.labels";
    }

    @Override
    String example() {
        return "pod";
    }

    @Override
    List<String> parse(List<String> arguments) {
        Pairs pairs = Pairs.of(arguments, "label");
        for (String word : pairs.words()) {
            if (!word.contains("=")) {
                removed.add(word.substring(0, word.length() - 1));
                continue;
            }
            String[] parts = word.split("=", -1);
            if (parts.length != 2) {
                throw new CliError("invalid label spec: " + word);
            }
            List<String> faults = Names.labelValue(parts[1]);
            if (!faults.isEmpty()) {
                throw new CliError("invalid label value: " + Go.quote(word) + ": " + String.join(";", faults));
            }
            added.put(parts[0], parts[1]);
        }
        if (removed.stream().anyMatch(added::containsKey)) {
            throw new CliError("can not both modify and remove a label in the same command");
        }
        return pairs.resources();
    }

    @Override
    boolean changesAnything() {
        return !added.isEmpty() || !removed.isEmpty();
    }

    @Override
    boolean sends(String done) {
        return !done.equals(NOT_LABELED);
    }

    @Override
    String change(Obj object, boolean real) {
        Map<String, String> labels = object.labels();
        if (real) {
            removed.stream().filter(key -> !labels.containsKey(key)).forEach(key -> call.out()
                    .println("label " + Go.quote(key) + " not found."));
        }
        if (!flags.on("overwrite")) {
            List<RuntimeException> clashes = new ArrayList<>();
            added.forEach((key, value) -> {
                if (labels.containsKey(key) && !labels.get(key).equals(value)) {
                    clashes.add(new CliError(
                            "'" + key + "' already has a value (" + labels.get(key) + "), and --overwrite is false"));
                }
            });
            Failures.throwAll(clashes);
        }
        boolean adds = false;
        boolean removes = false;
        for (Map.Entry<String, String> each : added.entrySet()) {
            adds |= !each.getValue().equals(labels.get(each.getKey()));
            object.setLabel(each.getKey(), each.getValue());
        }
        for (String key : removed) {
            removes |= labels.containsKey(key);
            object.removeLabel(key);
        }
        return adds && removes ? "modified" : adds ? "labeled" : removes ? "unlabeled" : NOT_LABELED;
    }
}
