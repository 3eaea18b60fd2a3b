package dev.kubejar.cli;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a user's kuberc makes of a command line: aliases become commands, and flags get other defaults. */
final class Preferences {
    private final Session session;
    private final List<Obj> options = new ArrayList<>();
    private Obj kuberc;
    private List<String> args;
    private List<String> typed;
    private Obj alias;

    private Preferences(Session session, List<String> args) {
        this.session = session;
        this.args = args;
        this.typed = args;
    }

    /** Reads the kuberc and resolves an alias; preferences that change nothing where there is none. */
    static Preferences of(Session session, List<String> args) {
        Preferences preferences = new Preferences(session, args);
        if (!args.isEmpty() && !Kuberc.off(session)) {
            try {
                preferences.load();
            } catch (CliError e) {
                throw CliError.plain("error occurred while applying preferences " + e.getMessage());
            }
        }
        return preferences;
    }

    /** The command line with the alias resolved. */
    List<String> args() {
        return args;
    }

    private void load() {
        Kuberc.Place place = Kuberc.place(session, given());
        if (place == null) {
            return;
        }
        try {
            kuberc = Kuberc.load(session, place);
        } catch (CliError e) {
            throw new CliError("kuberc error " + e.getMessage());
        }
        if (kuberc != null) {
            validate();
            List<String> words = args.get(0).startsWith("__complete") ? args.subList(1, args.size()) : args;
            if (!Kubectl.CommandLineWords.find(words, session.ownCommands())
                    .unknown()
                    .isEmpty()) {
                resolve();
            }
        }
    }

    /** The file that {@code --kuberc} names. */
    private String given() {
        for (int i = 0; i < args.size() && !args.get(i).equals("--"); i++) {
            String arg = args.get(i);
            if (arg.equals("--kuberc") && i + 1 < args.size()) {
                return args.get(i + 1);
            }
            if (arg.startsWith("--kuberc=") && arg.length() > 9) {
                return arg.substring(9);
            }
            if (arg.equals("--kuberc") || arg.equals("--kuberc=")) {
                throw new CliError("kuberc file is not found");
            }
        }
        return "";
    }

    private void validate() {
        Set<String> names = new HashSet<>();
        for (Obj each : kuberc.list("aliases")) {
            String name = each.text("name");
            if (name.isEmpty() || !name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
                throw new CliError("invalid alias name, can only include alphabetical characters");
            }
            validateOptions(each);
            if (!names.add(name)) {
                throw new CliError("duplicate alias name " + name);
            }
        }
        kuberc.list("defaults").forEach(Preferences::validateOptions);
    }

    private static void validateOptions(Obj entry) {
        for (Obj option : entry.list("options")) {
            if (option.text("name").startsWith("-")) {
                throw new CliError("flag name " + option.text("name") + " should be in long form without dashes");
            }
        }
    }

    private void resolve() {
        int at = 0;
        while (at < args.size() && (args.get(at).startsWith("-") || args.get(at).startsWith("__complete"))) {
            at++;
        }
        if (at == args.size()) {
            return;
        }
        for (Obj each : kuberc.list("aliases")) {
            if (each.text("name").equals(args.get(at))) {
                alias = each;
                expand(at);
                return;
            }
        }
    }

    /** {@code getn x} becomes {@code get nodes x}. */
    private void expand(int at) {
        List<String> command = fields(alias.text("command"));
        if (path(command) == null) {
            throw new CliError("command " + Go.quote(alias.text("command")) + " not found to set alias "
                    + Go.quote(alias.text("name")) + ": " + command);
        }
        List<String> expanded = new ArrayList<>(args.subList(0, at));
        expanded.addAll(command);
        expanded.addAll(alias.texts("prependArgs"));
        expanded.addAll(args.subList(at + 1, args.size()));
        expanded.addAll(alias.texts("appendArgs"));
        args = expanded;
        options.addAll(alias.list("options"));
    }

    private static List<String> fields(String command) {
        List<String> words = new ArrayList<>(List.of(command.trim().split("\\s+")));
        words.removeIf(String::isEmpty);
        return words;
    }

    /** The command that words mean; null where the first means none. */
    private String path(List<String> words) {
        Kubectl.CommandLineWords found = Kubectl.CommandLineWords.find(words, session.ownCommands());
        return found.path().isEmpty() ? null : found.path();
    }

    /** Gives a command's flags the values that the user prefers, unless the command line has its own. */
    void apply(String path, Flags flags) {
        if (kuberc == null) {
            return;
        }
        try {
            if (alias != null) {
                set(flags, options, name -> "invalid alias flag " + name + " in alias kubectl");
            } else {
                defaults(path, flags);
            }
        } catch (CliError e) {
            throw CliError.plain("error occurred while applying preferences " + e.getMessage());
        }
    }

    private void defaults(String path, Flags flags) {
        for (Obj each : kuberc.list("defaults")) {
            String meant = path(fields(each.text("command")));
            if (meant == null) {
                session.err()
                        .println("Warning: command " + Go.quote(each.text("command"))
                                + " not found to set kuberc override");
            } else if (last(meant).equals(last(path))) {
                set(
                        flags,
                        each.list("options"),
                        name -> "invalid flag " + name + " for command " + each.text("command"));
            }
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf(' ') + 1);
    }

    private void set(Flags flags, List<Obj> values, java.util.function.UnaryOperator<String> unknown) {
        for (Obj option : values) {
            String name = option.text("name");
            Flag flag = flags.find(name);
            if (flag == null) {
                throw new CliError(unknown.apply(name));
            }
            if (!typed(flag, flags)) {
                flag.set(option.text("default"));
            }
        }
    }

    /** Whether the command line gives the flag: long, short, or among other short ones. */
    private boolean typed(Flag flag, Flags flags) {
        for (String arg : typed) {
            if (arg.equals("--" + flag.name()) || arg.startsWith("--" + flag.name() + "=")) {
                return true;
            }
            if (flag.shorthand() != 0 && arg.startsWith("-") && !arg.startsWith("--") && among(arg, flag, flags)) {
                return true;
            }
        }
        return false;
    }

    private static boolean among(String arg, Flag flag, Flags flags) {
        if (arg.length() > 1 && arg.charAt(1) == flag.shorthand()) {
            return true;
        }
        boolean letters = arg.length() > 1 && arg.chars().skip(1).allMatch(c -> flags.find((char) c) != null);
        return letters && arg.indexOf(flag.shorthand()) > 0;
    }
}
