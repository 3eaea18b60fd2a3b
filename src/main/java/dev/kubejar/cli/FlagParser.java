package dev.kubejar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Has picocli parse a command's arguments under pflag's rules: a flag that needs a value takes whatever comes next, one
 * that may stand alone takes only what is attached, and the first fault in the order of the arguments is the one told.
 */
final class FlagParser {
    /** What parsing found beside the flags' values: the other arguments, and how many of them came before {@code --}. */
    record Parsed(List<String> arguments, int dash) {}

    // Stands in for the double dash while picocli parses: as an option of its own it tells where the flags end, which
    // its delimiter does not. Two characters would make it a short option's cluster.
    private static final String END_OF_FLAGS = "\u0001--";

    private final Flags flags;
    private final List<String> arguments = new ArrayList<>();
    private int dash = -1;
    private String last = "";

    private FlagParser(Flags flags) {
        this.flags = flags;
    }

    static Parsed parse(Flags flags, List<String> args) {
        FlagParser parser = new FlagParser(flags);
        parser.run(args);
        return new Parsed(parser.arguments, parser.dash);
    }

    private void run(List<String> args) {
        last = args.isEmpty() ? "" : args.get(args.size() - 1);
        CommandSpec spec = CommandSpec.create();
        for (Flag flag : flags.all()) {
            spec.addOption(option(flag));
        }
        spec.addOption(OptionSpec.builder(END_OF_FLAGS)
                .arity("0")
                .type(boolean.class)
                .preprocessor(this::endOfFlags)
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..1")
                .type(String.class)
                .preprocessor(this::argument)
                .build());
        spec.parser()
                .endOfOptionsDelimiter("\u0000")
                .unmatchedOptionsArePositionalParams(true)
                .overwrittenOptionsAllowed(true)
                .expandAtFiles(false);
        spec.interpolateVariables(false);
        try {
            String[] words = new String[args.size()];
            for (int i = 0; i < words.length; i++) {
                words[i] = args.get(i).equals("--") ? END_OF_FLAGS : dashed(args.get(i));
            }
            new CommandLine(spec).parseArgs(words);
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw unknown(e.getUnmatched().get(0).replaceFirst(" \\(while processing option: .*", ""));
        } catch (CommandLine.ParameterException e) {
            throw e.getCause() instanceof CliError own ? own : new CliError(e.getMessage());
        }
    }

    /** A flag's name may be written with underscores. */
    private String dashed(String word) {
        if (!word.startsWith("--") || word.indexOf('_') < 0) {
            return word;
        }
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        String dashed = name.replace('_', '-');
        return flags.find(dashed) == null ? word : "--" + dashed + (equals < 0 ? "" : word.substring(equals));
    }

    private OptionSpec option(Flag flag) {
        OptionSpec.Builder option = flag.shorthand() == 0
                ? OptionSpec.builder("--" + flag.name())
                : OptionSpec.builder("--" + flag.name(), "-" + flag.shorthand());
        boolean alone = flag.bare() != null;
        return option.arity(alone ? "0" : "1")
                .type(alone ? boolean.class : String.class)
                .preprocessor((args, spec, arg, info) -> value(flag, args, info))
                .build();
    }

    private boolean value(Flag flag, Stack<String> args, Map<String, Object> info) {
        String how = String.valueOf(info.get("separator"));
        if (flag.bare() != null && !how.equals("=")) {
            flag.set(flag.bare());
        } else if (args.isEmpty()) {
            throw missing(flag);
        } else {
            flag.set(written(args.pop()));
        }
        return true;
    }

    /** Nothing follows, so the last argument is the flag; it is named as it was written. */
    private CliError missing(Flag flag) {
        return new CliError("flag needs an argument: "
                + (last.startsWith("--") ? "--" + flag.name() : "'" + flag.shorthand() + "' in -" + flag.shorthand()));
    }

    private boolean endOfFlags(Stack<String> args, CommandSpec spec, ArgSpec arg, Map<String, Object> info) {
        dash = arguments.size();
        while (!args.isEmpty()) {
            arguments.add(written(args.pop()));
        }
        return true;
    }

    private static String written(String word) {
        return word.equals(END_OF_FLAGS) ? "--" : word;
    }

    private boolean argument(Stack<String> args, CommandSpec spec, ArgSpec arg, Map<String, Object> info) {
        String text = args.pop();
        if (text.length() > 1 && text.startsWith("-")) {
            throw unknown(text);
        }
        arguments.add(text);
        return true;
    }

    private CliError unknown(String text) {
        if (text.startsWith("--")) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            return name.length() == 2 || name.startsWith("---")
                    ? new CliError("bad flag syntax: " + text)
                    : new CliError("unknown flag: " + name);
        }
        String rest = text.substring(1);
        while (rest.length() > 1 && flags.find(rest.charAt(0)) != null) {
            rest = rest.substring(1);
        }
        return new CliError("unknown shorthand flag: '" + rest.charAt(0) + "' in -" + rest);
    }
}
