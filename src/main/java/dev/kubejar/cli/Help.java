package dev.kubejar.cli;

import dev.kubejar.cli.CommandTable.Group;
import dev.kubejar.cli.CommandTable.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Help in kubectl's layout. */
public final class Help {
    private Help() {}

    /** What the program is and its commands by group. */
    static void printRoot(Session session, Output out) {
        out.println("kubectl controls the Kubernetes cluster manager.\n");
        out.println(" Find more information at: https://kubernetes.io/docs/reference/kubectl/");
        printCommands(session, out);
    }

    /** The commands by group, and how help about one is had. */
    static void printCommands(Session session, Output out) {
        List<Row> rows = CommandTable.below("", session.ownCommands());
        int width = rows.stream()
                .filter(row -> row.group() != Group.HIDDEN)
                .mapToInt(row -> row.name().length())
                .max()
                .orElse(0);
        for (Group group : Group.values()) {
            if (group == Group.OTHER) {
                plugins(session, out, Math.max(width, 11));
            }
            List<Row> listed = new ArrayList<>(rows);
            listed.removeIf(row -> row.group() != group);
            if (group.heading.isEmpty() || listed.isEmpty()) {
                continue;
            }
            out.println("\n" + group.heading);
            listed.forEach(row -> line(out, row, Math.max(width, 11)));
        }
        out.println("\nUsage:\n  kubectl [flags] [options]\n");
        out.println("Use \"kubectl <command> --help\" for more information about a given command.");
        out.println("Use \"kubectl options\" for a list of global command-line options (applies to all commands).");
    }

    /** The group has its heading even where there are none. */
    private static void plugins(Session session, Output out, int width) {
        out.println("\nSubcommands provided by plugins:");
        PluginCompletion.names(session)
                .forEach((name, about) ->
                        out.println("  " + name + " ".repeat(Math.max(0, width - name.length())) + "   " + about));
    }

    private static void line(Output out, Row row, int width) {
        out.println(
                "  " + row.name() + " ".repeat(Math.max(0, width - row.name().length())) + "   " + row.about());
    }

    /** One command's help; its flags without the global ones. */
    public static void print(Session session, Output out, String path, Flags flags) {
        int space = path.lastIndexOf(' ');
        Row row = CommandTable.find(
                space < 0 ? "" : path.substring(0, space), path.substring(space + 1), session.ownCommands());
        HelpTexts texts = HelpTexts.of(path);
        out.println(texts.description().isEmpty() ? row.about() : texts.description());
        if (!row.aliases().isEmpty()) {
            out.println("\nAliases:\n" + row.name() + ", " + String.join(", ", row.aliases()));
        }
        if (!texts.examples().isEmpty()) {
            out.println("\nExamples:\n" + texts.examples());
        }
        List<Row> below = CommandTable.below(path, session.ownCommands());
        if (!below.isEmpty()) {
            out.println("\nAvailable Commands:");
            int width =
                    below.stream().mapToInt(each -> each.name().length()).max().orElse(0);
            below.forEach(each -> line(out, each, Math.max(width, 11)));
        }
        options(out, texts, flags);
        out.println("\nUsage:\n  " + usage(texts, path, flags) + "\n");
        if (!below.isEmpty() && !path.equals("options")) {
            out.println("Use \"kubectl " + path + " <command> --help\" for more information about a given command.");
        }
        out.println("Use \"kubectl options\" for a list of global command-line options (applies to all commands).");
    }

    private static String usage(HelpTexts texts, String path, Flags flags) {
        boolean own = CommandTable.find("", path.split(" ")[0], false) == null;
        String line = (own ? "kubejar " : "kubectl ") + (texts.usage().isEmpty() ? path : texts.usage());
        return line.contains("[options]") ? line : line + " [options]";
    }

    private static void options(Output out, HelpTexts texts, Flags flags) {
        List<Flag> shown = new ArrayList<>(flags.own());
        shown.removeIf(flag -> flag.hidden() || flag.name().equals("help"));
        shown.sort(Comparator.comparing(Flag::name));
        if (shown.isEmpty()) {
            return;
        }
        out.print("\nOptions:\n");
        String gap = "";
        for (Flag flag : shown) {
            out.print(gap);
            option(out, flag, texts.flag(flag.name()));
            gap = "\n";
        }
    }

    /** The flags that every command takes. */
    public static void printOptions(Output out) {
        out.println("The following options can be passed to any command:\n");
        List<Flag> all = new ArrayList<>(GlobalFlags.declare().all());
        all.sort(Comparator.comparing(Flag::name));
        HelpTexts texts = HelpTexts.of("");
        for (Flag flag : all) {
            option(out, flag, texts.flag(flag.name()));
            out.println();
        }
    }

    static void option(Output out, Flag flag, String about) {
        out.println("    " + (flag.shorthand() == 0 ? "" : "-" + flag.shorthand() + ", ") + flag.usage() + ":");
        out.println("\t" + about);
    }
}
