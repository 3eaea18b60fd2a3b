package dev.kubejar.cli;

import dev.kubejar.cli.CommandTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command line's entry: finds the command, has its arguments parsed, runs it, and turns failures into words. */
public final class Kubectl {
    private final Session session;
    private boolean described;
    private Preferences preferences;

    private Kubectl(Session session) {
        this.session = session;
    }

    /**
     * Runs one command line to its end; what it printed has been handed on and what it wrote is durable.
     *
     * @param args the arguments behind the program's name
     * @return the exit code
     */
    public static int run(Session session, String... args) {
        int code;
        try {
            code = new Kubectl(session).dispatch(List.of(args));
        } catch (RuntimeException e) {
            if (!Errors.known(e)) {
                session.discard();
            }
            code = Errors.report(session, e);
        } catch (StackOverflowError e) {
            session.discard();
            code = Errors.report(session, new CliError("the input is nested too deeply"));
        } catch (OutOfMemoryError e) {
            session.discard();
            code = Errors.report(session, new CliError("there is not enough memory for this"));
        }
        try {
            session.flush();
        } catch (RuntimeException e) {
            code = Errors.report(session, e);
        }
        return code;
    }

    /** The words of the commands at the top, other names included; {@code own}: those of the name kubejar too. */
    public static List<String> commands(boolean own) {
        List<String> names = new ArrayList<>();
        for (Row row : CommandTable.below("", own)) {
            names.add(row.name());
            names.addAll(row.aliases());
        }
        return names;
    }

    private int dispatch(List<String> line) {
        List<String> args = line;
        if (hasPreferences(line)) {
            preferences = Preferences.of(session, line);
            args = preferences.args();
        }
        CommandLineWords words = CommandLineWords.find(args, session.ownCommands());
        if (words.path().isEmpty()) {
            return root(words, args);
        }
        described = !args.contains("__completeNoDesc");
        return invoke(words.path(), words.rest());
    }

    /** Whether there may be a kuberc: told by flag or environment, or lying in the home folder. */
    private boolean hasPreferences(List<String> args) {
        for (String arg : args) {
            if (arg.startsWith("--kuberc")) {
                return true;
            }
        }
        String home = session.environment("HOME");
        return !session.environment("KUBERC").isEmpty()
                || !home.isEmpty() && new java.io.File(home, ".kube/kuberc").exists();
    }

    private int invoke(String path, List<String> args) {
        if (path.equals("help")) {
            return help(args);
        }
        if (path.equals("__complete")) {
            return Complete.run(session, args, described);
        }
        Command command = CommandFactory.create(path);
        Flags flags = new Flags();
        command.flags(flags, session);
        flags.bool("help", 'h', false);
        Flags globals = GlobalFlags.declare();
        flags.inherit(globals);
        if (preferences != null) {
            preferences.apply(path, flags);
        }
        FlagParser.Parsed parsed = parse(path, flags, args);
        if (flags.on("help") && !path.equals("alpha")) {
            Help.print(session, session.out(), path, flags);
            return 0;
        }
        Invocation call = new Invocation(session, path, flags, globals, parsed);
        command.arguments(call);
        flags.checkRequired();
        int code = command.run(call);
        return call.finish(code);
    }

    private static FlagParser.Parsed parse(String path, Flags flags, List<String> args) {
        try {
            return FlagParser.parse(flags, args);
        } catch (CliError e) {
            if (path.equals("diff")) {
                throw CliError.withCode(e.getMessage() + "\nSee 'kubectl diff -h' for help and examples", 2);
            }
            if (path.equals("check")) {
                throw CliError.withCode(e.getMessage() + "\nSee 'kubejar check --help' for usage.", 2);
            }
            if (path.equals("options")) {
                throw new CliError(e.getMessage() + "\nRun 'kubectl options' without flags.");
            }
            throw new CliError(e.getMessage() + "\nSee 'kubectl " + path + " --help' for usage.");
        }
    }

    /** No command word was found, or none that is known. */
    private int root(CommandLineWords words, List<String> args) {
        if (!words.unknown().isEmpty()) {
            Integer code = Plugins.run(session, args);
            if (code != null) {
                return code;
            }
            throw new CliError(
                    "unknown command " + Go.quote(words.unknown()) + " for \"kubectl\"" + suggestions(words.unknown()));
        }
        Flags flags = GlobalFlags.declare().bool("help", 'h', false);
        try {
            FlagParser.parse(flags, args);
        } catch (CliError e) {
            throw new CliError(e.getMessage() + "\nSee 'kubectl --help' for usage.");
        }
        Help.printRoot(session, session.out());
        return 0;
    }

    /** Help about the command that the words lead to, as far as they do. */
    private int help(List<String> args) {
        if (args.contains("-h") || args.contains("--help")) {
            Help.print(session, session.out(), "help", new Flags());
            return 0;
        }
        CommandLineWords words = CommandLineWords.find(args, session.ownCommands());
        if (!words.unknown().isEmpty()) {
            session.err().println("Unknown help topic [`" + String.join("` `", args) + "`]");
            session.err().print("\n");
            Help.printCommands(session, session.err());
            return 0;
        }
        if (words.path().isEmpty()) {
            Help.printRoot(session, session.out());
            return 0;
        }
        Flags flags = new Flags();
        CommandFactory.create(words.path()).flags(flags, session);
        Help.print(session, session.out(), words.path(), flags);
        return 0;
    }

    private String suggestions(String typed) {
        StringBuilder text = new StringBuilder();
        for (Row row : CommandTable.below("", session.ownCommands())) {
            if (row.group() != CommandTable.Group.HIDDEN && near(row, typed)) {
                text.append(text.length() == 0 ? "\n\nDid you mean this?\n" : "");
                text.append('\t').append(row.name()).append('\n');
            }
        }
        return text.toString();
    }

    private static boolean near(Row row, String typed) {
        String lower = typed.toLowerCase(Locale.ROOT);
        return distance(lower, row.name()) <= 2
                || row.name().startsWith(lower)
                || row.suggestFor().contains(lower);
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }

    /** Splits what stands before the arguments of a command from them. */
    record CommandLineWords(String path, String unknown, List<String> rest) {
        /** Walks the command words as cobra does: flags are passed over, with their value where they need one. */
        static CommandLineWords find(List<String> args, boolean own) {
            Flags globals = GlobalFlags.declare();
            List<String> rest = new ArrayList<>(args);
            String path = "";
            while (true) {
                int at = firstWord(rest, globals);
                if (at < 0) {
                    return new CommandLineWords(path, "", rest);
                }
                Row row = CommandTable.find(path, rest.get(at), own);
                if (row == null) {
                    return new CommandLineWords(path, path.isEmpty() ? rest.get(at) : "", rest);
                }
                rest.remove(at);
                path = row.path();
                if (CommandTable.below(path, own).isEmpty()) {
                    return new CommandLineWords(path, "", rest);
                }
            }
        }

        private static int firstWord(List<String> args, Flags globals) {
            for (int i = 0; i < args.size(); i++) {
                String arg = args.get(i);
                if (arg.equals("--")) {
                    return -1;
                }
                if (arg.startsWith("--")) {
                    Flag flag = globals.find(arg.substring(2));
                    boolean alone = arg.contains("=") || arg.equals("--help") || flag != null && flag.bare() != null;
                    i += alone ? 0 : 1;
                } else if (arg.startsWith("-") && arg.length() > 1) {
                    Flag flag = globals.find(arg.charAt(1));
                    boolean alone = arg.length() > 2 || arg.equals("-h") || flag != null && flag.bare() != null;
                    i += alone ? 0 : 1;
                } else if (!arg.isEmpty()) {
                    return i;
                }
            }
            return -1;
        }
    }
}
