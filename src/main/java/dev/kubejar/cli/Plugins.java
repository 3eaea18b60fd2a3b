package dev.kubejar.cli;

import dev.kubejar.cli.CommandTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs on the path whose names begin with {@code kubectl-}: they extend the command line. */
public final class Plugins {
    private Plugins() {}

    /** Runs the plugin that a command line means, the longest name first; null where there is none. */
    static Integer run(Session session, List<String> args) {
        return run(session, args, 1);
    }

    /** The same with a least number of words in the plugin's name. */
    static Integer run(Session session, List<String> args, int leastWords) {
        List<String> words = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith("-")) {
                break;
            }
            words.add(arg.replace('-', '_'));
        }
        if (words.isEmpty()) {
            throw CliError.plain("Error: flags cannot be placed before plugin name: " + args.get(0));
        }
        while (words.size() >= leastWords) {
            Path found = find(session, "kubectl-" + String.join("-", words));
            if (found != null) {
                return execute(session, found, args.subList(words.size(), args.size()));
            }
            words.remove(words.size() - 1);
        }
        return null;
    }

    private static int execute(Session session, Path program, List<String> args) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(args);
        try {
            return Programs.run(session, command);
        } catch (IOException e) {
            throw CliError.plain("Error: fork/exec " + program + ": " + Disk.reason(e));
        }
    }

    static Path find(Session session, String name) {
        for (String folder : session.environment("PATH").split(":")) {
            Path program = session.path(folder).resolve(name);
            if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                return program;
            }
        }
        return null;
    }

    /** The command that a plugin's name would hide; empty for none. */
    public static String overwritten(String name) {
        String path = "";
        for (String word : name.split("-")) {
            if (word.equals("kubectl") && path.isEmpty()) {
                continue;
            }
            Row row = CommandTable.find(path, word, false);
            if (row == null) {
                return path;
            }
            path = row.path();
        }
        return path;
    }
}
