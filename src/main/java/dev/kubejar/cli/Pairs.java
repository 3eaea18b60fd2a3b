package dev.kubejar.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments of the form {@code RESOURCE… KEY=VALUE… KEY-…}, taken apart. */
public final class Pairs {
    private final List<String> resources = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> removals = new ArrayList<>();

    private Pairs() {}

    /** Parts the resources from the changes; {@code what} names a change in the complaint. */
    public static Pairs of(List<String> arguments, String what) {
        Pairs pairs = new Pairs();
        for (String argument : arguments) {
            boolean change = argument.contains("=") && !argument.startsWith("=")
                    || argument.endsWith("-") && !argument.equals("-");
            if (change) {
                pairs.words.add(argument);
            } else if (pairs.words.isEmpty()) {
                pairs.resources.add(argument);
            } else {
                throw new CliError("all resources must be specified before " + what + " changes: " + argument);
            }
        }
        return pairs;
    }

    /** Reads the changes as keys with values, and where allowed keys to remove. */
    public Pairs parse(String what, boolean removing) {
        List<String> wrong = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (removing && word.endsWith("-")) {
                removals.add(word.substring(0, word.length() - 1));
            } else {
                wrong.add(word);
            }
        }
        if (!wrong.isEmpty()) {
            throw new CliError("invalid " + what + " format: " + String.join(", ", wrong));
        }
        return this;
    }

    public List<String> resources() {
        return resources;
    }

    /** The changes as they were written. */
    public List<String> words() {
        return words;
    }

    public Map<String, String> values() {
        return values;
    }

    public List<String> removals() {
        return removals;
    }
}
