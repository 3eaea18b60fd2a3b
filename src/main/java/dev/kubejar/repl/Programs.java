package dev.kubejar.repl;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** The host's programs. */
final class Programs {
    private static final Set<String> SHELL =
            Set.of("for", "while", "if", "case", "export", "echo", "printf", "test", "type");

    private Programs() {}

    /** Whether the host has a program, or its shell a word, of this name. */
    static boolean found(String name, World world) {
        if (SHELL.contains(name) || name.startsWith("(") || name.contains("=")) {
            return true;
        }
        try {
            if (name.contains("/")) {
                return Files.isExecutable(world.directory().resolve(name));
            }
            for (String folder : world.environment()
                    .getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin")
                    .split(":")) {
                if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                    return true;
                }
            }
        } catch (InvalidPathException e) {
            return false;
        }
        return false;
    }
}
