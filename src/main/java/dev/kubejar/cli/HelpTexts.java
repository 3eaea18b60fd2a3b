package dev.kubejar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The words of a command's help, read from a resource of sections: {@code == command}, then {@code usage:}, a
 * description, {@code examples:}, and {@code --flag text}. Flags not told for a command have a common text.
 */
final class HelpTexts {
    private final StringBuilder description = new StringBuilder();
    private final StringBuilder examples = new StringBuilder();
    private final Map<String, String> flags = new HashMap<>();
    private String usage = "";

    private HelpTexts() {}

    static HelpTexts of(String path) {
        HelpTexts texts = new HelpTexts();
        String here = null;
        boolean inExamples = false;
        for (String line : resource().split("\n", -1)) {
            if (line.startsWith("== ")) {
                here = line.substring(3).strip();
                inExamples = false;
            } else if (here != null && here.equals("*") && line.startsWith("--")) {
                texts.flag(line, false);
            } else if (here != null && here.equals(path)) {
                if (line.startsWith("usage: ")) {
                    texts.usage = line.substring(7);
                } else if (line.startsWith("--")) {
                    texts.flag(line, true);
                } else if (line.equals("examples:")) {
                    inExamples = true;
                } else if (inExamples) {
                    texts.examples.append(line).append('\n');
                } else {
                    texts.description.append(line).append('\n');
                }
            }
        }
        return texts;
    }

    private void flag(String line, boolean own) {
        int space = line.indexOf(' ');
        String name = line.substring(2, space);
        if (own) {
            flags.put(name, line.substring(space + 1));
        } else {
            flags.putIfAbsent(name, line.substring(space + 1));
        }
    }

    private static String resource() {
        try (InputStream in = HelpTexts.class.getResourceAsStream("help.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String usage() {
        return usage;
    }

    String description() {
        return description.toString().strip();
    }

    String examples() {
        return examples.toString().stripTrailing();
    }

    String flag(String name) {
        return flags.getOrDefault(name, "");
    }
}
