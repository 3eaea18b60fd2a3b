package dev.kubejar.cli;

import dev.kubejar.cli.CommandTable.Row;
import dev.kubejar.object.ApiError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a shell may offer for the last, half-typed word of a command line: cobra's rules for what is completed when, and
 * kubectl's for with what.
 */
public final class CompletionRequest {
    /** Bits of the number that tells the shell what to do with the words. */
    static final int DEFAULT = 0;

    static final int NO_SPACE = 2;
    static final int NO_FILES = 4;
    static final int FILTER_EXTENSIONS = 8;

    private static final List<String> DIRECTIVES =
            List.of("Error", "NoSpace", "NoFileComp", "FilterFileExt", "FilterDirs", "KeepOrder");

    /**
     * The answer.
     *
     * @param words each with a description behind a tab, where it has one
     * @param directive a sum of bits: 1 failed, 2 no space behind the word, 4 no file names, 8 files with these
     *     extensions, 16 folders, 32 keep the order
     * @param fault why there are no words; empty where nothing went wrong
     */
    public record Answer(List<String> words, int directive, String fault) {
        /** The directive as cobra names it. */
        String directiveName() {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < DIRECTIVES.size(); i++) {
                if ((directive & 1 << i) != 0) {
                    names.add("ShellCompDirective" + DIRECTIVES.get(i));
                }
            }
            return names.isEmpty() ? "ShellCompDirectiveDefault" : String.join(", ", names);
        }
    }

    private final Session session;
    private final List<String> words = new ArrayList<>();
    private String path;
    private List<String> args;
    private String last;
    private Flags flags;
    private Flags globals;
    private Flag flag;
    private String fault = "";
    private FlagParser.Parsed parsed;

    private CompletionRequest(Session session) {
        this.session = session;
    }

    /**
     * Completes a command line.
     *
     * @param line the words behind the program's name; the last one, possibly empty, is the one to complete
     */
    public static Answer complete(Session session, List<String> line) {
        return new CompletionRequest(session).answer(line);
    }

    private Answer answer(List<String> line) {
        last = line.get(line.size() - 1);
        List<String> before = line.subList(0, line.size() - 1);
        Kubectl.CommandLineWords found = Kubectl.CommandLineWords.find(before, session.ownCommands());
        if (!found.unknown().isEmpty()) {
            Answer plugin = PluginCompletion.arguments(session, before, last);
            return plugin != null
                    ? plugin
                    : new Answer(
                            List.of(),
                            DEFAULT,
                            "unable to find a command for arguments: [" + String.join(" ", before) + "]");
        }
        path = found.path();
        args = new ArrayList<>(found.rest());
        declare();
        flagInTheMaking();
        try {
            parsed = FlagParser.parse(flags, args);
        } catch (CliError e) {
            return new Answer(
                    List.of(),
                    DEFAULT,
                    "Error while parsing flags from args [" + String.join(" ", args) + "]: " + e.getMessage());
        }
        boolean mayBeFlag = parsed.dash() < 0;
        if (!fault.isEmpty() && mayBeFlag) {
            return new Answer(List.of(), DEFAULT, fault);
        }
        if (flags.on("help")) {
            return new Answer(List.of(), NO_FILES, "");
        }
        return completed(mayBeFlag, before.isEmpty());
    }

    private void declare() {
        flags = new Flags();
        if (!path.isEmpty() && !path.equals("help") && !path.equals("__complete")) {
            CommandFactory.create(path).flags(flags, session);
        }
        flags.bool("help", 'h', false);
        globals = GlobalFlags.declare();
        flags.inherit(globals);
    }

    /** Finds the flag whose value is being typed, and takes its name off the arguments. */
    private void flagInTheMaking() {
        String name = "";
        List<String> trimmed = args;
        String value = last;
        boolean attached = false;
        if (last.startsWith("-")) {
            int equals = last.indexOf('=');
            if (equals < 0) {
                return;
            }
            name = last.startsWith("--") ? last.substring(2, equals) : last.substring(equals - 1, equals);
            value = last.substring(equals + 1);
            attached = true;
        } else if (!args.isEmpty() && isFlag(args.get(args.size() - 1))) {
            String previous = args.get(args.size() - 1);
            if (previous.indexOf('=') < 0) {
                name = previous.startsWith("--") ? previous.substring(2) : previous.substring(previous.length() - 1);
                trimmed = args.subList(0, args.size() - 1);
            }
        }
        if (name.isEmpty()) {
            return;
        }
        Flag named = name.length() == 1 ? flags.find(name.charAt(0)) : flags.find(name);
        if (named == null) {
            String command = path.isEmpty() ? "kubectl" : path.substring(path.lastIndexOf(' ') + 1);
            fault = "Subcommand '" + command + "' does not support flag '" + name + "'";
        } else if (attached || named.bare() == null) {
            flag = named;
            args = trimmed;
            last = value;
        }
    }

    private static boolean isFlag(String word) {
        return word.length() >= 3 && word.startsWith("--")
                || word.length() >= 2 && word.charAt(0) == '-' && word.charAt(1) != '-';
    }

    private Answer completed(boolean mayBeFlag, boolean first) {
        CompletionWords choices = new CompletionWords(new Invocation(session, path, flags, globals, parsed), last);
        if (flag != null && mayBeFlag) {
            return answer(flagValue(choices), choices);
        }
        if (flag == null && last.startsWith("-") && last.indexOf('=') < 0 && mayBeFlag) {
            return flagNames();
        }
        int directive = DEFAULT;
        if (flag == null) {
            if (parsed.arguments().isEmpty() && !localFlagGiven() && commandNames(path, first)) {
                directive = NO_FILES;
            }
            required("");
        }
        return answer(arguments(choices, directive), choices);
    }

    private Answer answer(int directive, CompletionWords choices) {
        words.addAll(choices.found());
        return new Answer(words, directive, "");
    }

    /** Offers values for a flag; gives the directive. */
    private int flagValue(CompletionWords choices) {
        try {
            return CompletionTable.flagValue(
                    choices, path, flag.name(), flags.find(flag.name()) == globals.find(flag.name()));
        } catch (ApiError | CliError | Failures e) {
            return NO_FILES;
        }
    }

    private int arguments(CompletionWords choices, int directive) {
        if (path.equals("help")) {
            helpTopics();
            return NO_FILES;
        }
        try {
            int own = CompletionTable.arguments(choices, path);
            return own < 0 ? directive : own;
        } catch (ApiError | CliError | Failures e) {
            return NO_FILES;
        }
    }

    private boolean localFlagGiven() {
        return flags.all().stream().anyMatch(each -> each.changed() && globals.find(each.name()) != each);
    }

    /** Offers the commands below one; true where it has any. */
    private boolean commandNames(String parent, boolean first) {
        Map<String, String> names = new TreeMap<>();
        for (Row row : CommandTable.below(parent, session.ownCommands())) {
            if (offered(row)) {
                names.put(row.name(), row.about());
            }
        }
        if (parent.isEmpty() && first) {
            PluginCompletion.names(session).forEach(names::putIfAbsent);
        }
        names.forEach((name, about) -> {
            if (name.startsWith(last)) {
                words.add(name + "\t" + about);
            }
        });
        return !names.isEmpty();
    }

    private static boolean offered(Row row) {
        return row.group() != CommandTable.Group.HIDDEN
                || row.path().equals("help")
                || row.path().equals("options");
    }

    private void helpTopics() {
        String topic = "";
        for (String word : parsed.arguments()) {
            Row row = CommandTable.find(topic, word, session.ownCommands());
            if (row == null) {
                return;
            }
            topic = row.path();
        }
        commandNames(topic, false);
    }

    private void required(String typed) {
        HelpTexts texts = null;
        for (String name : flags.required()) {
            Flag each = flags.find(name);
            if (!each.changed()) {
                texts = texts == null ? HelpTexts.of(path) : texts;
                flagName(each, texts, typed.isEmpty() ? last : typed);
            }
        }
    }

    private Answer flagNames() {
        required(last);
        if (words.isEmpty()) {
            HelpTexts texts = HelpTexts.of(path);
            List<Flag> sorted = new ArrayList<>(flags.all());
            sorted.sort(Comparator.comparing((Flag each) -> globals.find(each.name()) != each)
                    .thenComparing(Flag::name));
            for (Flag each : sorted) {
                if (!each.hidden() && (!each.changed() || each.repeatable())) {
                    flagName(each, texts, last);
                }
            }
        }
        return new Answer(words, NO_FILES, "");
    }

    private void flagName(Flag each, HelpTexts texts, String typed) {
        String command = path.isEmpty() ? "kubectl" : path.substring(path.lastIndexOf(' ') + 1);
        String about = each.name().equals("help") ? "help for " + command : texts.flag(each.name());
        if (("--" + each.name()).startsWith(typed)) {
            words.add("--" + each.name() + "\t" + about);
        }
        if (each.shorthand() != 0 && ("-" + each.shorthand()).startsWith(typed)) {
            words.add("-" + each.shorthand() + "\t" + about);
        }
    }
}
