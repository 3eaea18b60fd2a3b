package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Options as getopt reads them: letters, with an argument where a colon follows in the description, and long names. */
final class Flags {
    private final Map<String, List<String>> found = new HashMap<>();
    private final List<String> rest = new ArrayList<>();

    /**
     * Reads a task's arguments.
     *
     * @param letters {@code "nf:"}: n without, f with an argument; a leading + stops at the first other word
     * @param longNames {@code "lines=n"} for a name that means a letter
     */
    Flags(Task task, String letters, String... longNames) {
        this(task, task.args(), letters, longNames);
    }

    Flags(Task task, List<String> args, String letters, String... longNames) {
        int i = 0;
        boolean ordered = letters.startsWith("+");
        while (i < args.size()) {
            String arg = args.get(i++);
            if (arg.equals("--")) {
                break;
            }
            if (arg.startsWith("--")) {
                i = longOption(task, arg, args, i, letters, longNames);
            } else if (arg.startsWith("-") && arg.length() > 1) {
                i = group(task, arg, args, i, letters);
            } else {
                rest.add(arg);
                if (ordered) {
                    break;
                }
            }
        }
        rest.addAll(args.subList(Math.min(i, args.size()), args.size()));
    }

    private int group(Task task, String arg, List<String> args, int next, String letters) {
        for (int k = 1; k < arg.length(); k++) {
            char letter = arg.charAt(k);
            int place = letters.indexOf(letter);
            if (place < 0 || letter == ':' || letter == '+') {
                task.err(task.name() + ": invalid option -- '" + letter + "'\n");
                throw Usage.stop(task);
            }
            if (place + 1 >= letters.length() || letters.charAt(place + 1) != ':') {
                put(String.valueOf(letter), "");
            } else if (k + 1 < arg.length()) {
                put(String.valueOf(letter), arg.substring(k + 1));
                return next;
            } else if (place + 2 < letters.length() && letters.charAt(place + 2) == ':') {
                put(String.valueOf(letter), "");
            } else if (next < args.size()) {
                put(String.valueOf(letter), args.get(next));
                return next + 1;
            } else {
                task.err(task.name() + ": option requires an argument -- '" + letter + "'\n");
                throw Usage.stop(task);
            }
        }
        return next;
    }

    private int longOption(Task task, String arg, List<String> args, int next, String letters, String[] longNames) {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
        for (String each : longNames) {
            int split = each.indexOf('=');
            if (!each.substring(0, split).equals(name)) {
                continue;
            }
            String letter = each.substring(split + 1);
            int place = letters.indexOf(letter.charAt(0));
            boolean takes =
                    letter.length() > 1 ? letter.endsWith(":") : letters.startsWith(letter + ":", Math.max(0, place));
            String key = letter.endsWith(":") ? letter.substring(0, letter.length() - 1) : letter;
            if (takes && equals < 0) {
                if (next >= args.size()) {
                    task.err(task.name() + ": option '--" + name + "' requires an argument\n");
                    throw Usage.stop(task);
                }
                put(key, args.get(next));
                return next + 1;
            }
            put(key, equals < 0 ? "" : arg.substring(equals + 1));
            return next;
        }
        task.err(task.name() + ": unrecognized option '--" + name + "'\n");
        throw Usage.stop(task);
    }

    private void put(String key, String value) {
        found.computeIfAbsent(key, ignored -> new ArrayList<>()).add(value);
    }

    boolean has(String key) {
        return found.containsKey(key);
    }

    /** The last argument of an option, or null. */
    String value(String key) {
        List<String> values = found.get(key);
        return values == null ? null : values.get(values.size() - 1);
    }

    String value(String key, String otherwise) {
        String value = value(key);
        return value == null ? otherwise : value;
    }

    List<String> values(String key) {
        return found.getOrDefault(key, List.of());
    }

    List<String> rest() {
        return rest;
    }
}
