package dev.kubejar.repl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Words with {@code *}, {@code ?} or {@code [} that name files: as in sh, a pattern that no file fits stays a word. */
final class Patterns {
    private Patterns() {}

    static List<String> expand(Path directory, List<String> words) {
        List<String> out = new ArrayList<>();
        for (String word : words) {
            List<String> found = expand(directory, word);
            if (found.isEmpty()) {
                out.add(word);
            } else {
                out.addAll(found);
            }
        }
        return out;
    }

    private static List<String> expand(Path directory, String word) {
        int slash = word.lastIndexOf('/');
        String folder = word.substring(0, slash + 1);
        String name = word.substring(slash + 1);
        boolean pattern = name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
        Path where = directory.resolve(folder.isEmpty() ? "." : folder);
        if (!pattern || name.indexOf('{') >= 0 || name.indexOf('}') >= 0 || !Files.isDirectory(where)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(where, name)) {
            for (Path file : files) {
                String each = file.getFileName().toString();
                if (!each.startsWith(".") || name.startsWith(".")) {
                    found.add(folder + each);
                }
            }
        } catch (IOException | PatternSyntaxException e) {
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
