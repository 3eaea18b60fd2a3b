package dev.kubejar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Completion of plugins: their names, and what the program {@code kubectl_complete-NAME} says about their arguments. */
final class PluginCompletion {
    private PluginCompletion() {}

    /** The plugins' first words with what to say of them. */
    static Map<String, String> names(Session session) {
        Map<String, String> names = new TreeMap<>();
        for (String folder : session.environment("PATH").split(":")) {
            if (folder.isBlank()) {
                continue;
            }
            try (Stream<Path> entries = Files.list(session.path(folder))) {
                entries.map(entry -> entry.getFileName().toString())
                        .filter(name -> name.startsWith("kubectl-"))
                        .forEach(name -> {
                            String word = name.split("-")[1].replace('_', '-');
                            names.put(word, "The command " + word + " is a plugin installed by the user");
                        });
            } catch (IOException e) {
                // a folder that cannot be read has no plugins
            }
        }
        return names;
    }

    /** What a plugin offers for the last word; null where the words are no plugin's. */
    static CompletionRequest.Answer arguments(Session session, List<String> before, String last) {
        List<String> words = new ArrayList<>();
        for (String word : before) {
            if (word.startsWith("-")) {
                break;
            }
            words.add(word.replace('-', '_'));
        }
        for (int length = words.size(); length > 0; length--) {
            String name = String.join("-", words.subList(0, length));
            if (Plugins.find(session, "kubectl-" + name) == null) {
                continue;
            }
            Path program = Plugins.find(session, "kubectl_complete-" + name);
            List<String> rest = new ArrayList<>(before.subList(length, before.size()));
            rest.add(last);
            return program == null
                    ? new CompletionRequest.Answer(List.of(), CompletionRequest.DEFAULT, "")
                    : asked(session, program, rest);
        }
        return null;
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
