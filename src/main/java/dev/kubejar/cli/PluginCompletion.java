package dev.kubejar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Completion of plugins: their names, and what the program {@code kubectl_complete-NAME} says about their arguments. */
final class PluginCompletion {
    private PluginCompletion() {}

    /** The plugins' first words with what to say of them. */
    static Map<String, String> names(Session session) {
        Map<String, String> names = new TreeMap<>();
        for (String file : files(session)) {
            String word = file.split("-")[1].replace('_', '-');
            names.put(word, about(word));
        }
        return names;
    }

    private static String about(String word) {
        return "The command " + word + " is a plugin installed by the user";
    }

    private static Set<String> files(Session session) {
        Set<String> files = new TreeSet<>();
        for (String folder : session.environment("PATH").split(":")) {
            if (folder.isBlank()) {
                continue;
            }
            try (Stream<Path> entries = Files.list(session.path(folder))) {
                entries.map(entry -> entry.getFileName().toString())
                        .filter(name -> name.startsWith("kubectl-") && name.length() > 8)
                        .forEach(files::add);
            } catch (IOException e) {
                // a folder that cannot be read has no plugins
            }
        }
        return files;
    }

    /** What a plugin offers for the last word; null where the words are no plugin's. */
    static CompletionRequest.Answer arguments(Session session, List<String> before, String last) {
        if (before.get(0).startsWith("-")) {
            return null;
        }
        debug(session, "Cleared global flags for plugin completion");
        List<String> words = new ArrayList<>();
        for (String word : before) {
            if (word.startsWith("-")) {
                break;
            }
            words.add(word.replace('-', '_'));
        }
        for (int length = words.size(); length > 0; length--) {
            String name = String.join("-", words.subList(0, length));
            Set<String> below = below(session, name);
            if (below == null) {
                continue;
            }
            List<String> rest = new ArrayList<>(before.subList(length, before.size()));
            List<String> offered = new ArrayList<>();
            if (rest.isEmpty()) {
                below.stream()
                        .filter(word -> word.startsWith(last))
                        .forEach(word -> offered.add(word + "\t" + about(word)));
            }
            rest.add(last);
            CompletionRequest.Answer answer = own(session, name, rest);
            offered.addAll(answer.words());
            return new CompletionRequest.Answer(offered, answer.directive(), "");
        }
        return null;
    }

    /** The words that plugins have below a name; null where none is called so, nor below it. */
    private static Set<String> below(Session session, String name) {
        boolean there = false;
        Set<String> words = new TreeSet<>();
        for (String file : files(session)) {
            if (file.equals("kubectl-" + name)) {
                there = true;
            } else if (file.startsWith("kubectl-" + name + "-")) {
                there = true;
                String rest = file.substring(name.length() + 9);
                words.add((rest.indexOf('-') < 0 ? rest : rest.substring(0, rest.indexOf('-'))).replace('_', '-'));
            }
        }
        return there ? words : null;
    }

    private static CompletionRequest.Answer own(Session session, String name, List<String> args) {
        String wanted = "kubectl_complete-" + name;
        debug(session, "About to look for: " + wanted);
        Path program = Plugins.find(session, wanted);
        if (program == null) {
            debug(session, "Plugin kubectl-" + name + " does not provide a matching completion executable");
            return new CompletionRequest.Answer(List.of(), CompletionRequest.DEFAULT, "");
        }
        debug(session, "About to call: " + program + " " + String.join(" ", args));
        return asked(session, program, args);
    }

    private static void debug(Session session, String text) {
        session.err().println("[Debug] " + text);
    }

    private static CompletionRequest.Answer asked(Session session, Path program, List<String> args) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(args);
        List<String> lines = new ArrayList<>();
        int directive = CompletionRequest.DEFAULT;
        try {
            Programs.printed(session, command)
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .forEach(lines::add);
        } catch (IOException e) {
            return new CompletionRequest.Answer(List.of(), directive, "");
        }
        String end = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        if (end.length() > 1 && end.startsWith(":") && end.substring(1).chars().allMatch(Character::isDigit)) {
            directive = Integer.parseInt(end.substring(1));
            lines.remove(lines.size() - 1);
        }
        return new CompletionRequest.Answer(lines, directive, "");
    }
}
