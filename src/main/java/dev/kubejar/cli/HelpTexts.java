package dev.kubejar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of a command's help. Each top-level command has a resource with a section for itself and each command below
 * it; flags that a section does not tell of have a common text.
 *
 * <pre>
 * == rollout undo
 * usage: rollout undo (TYPE NAME | TYPE/NAME) [flags]
 * Roll back to a previous rollout.
 * examples:
 * # The revision before
 * kubectl rollout undo deployment/abc
 * --to-revision Revision to go back to; 0: the one before.
 * </pre>
 */
final class HelpTexts {
    private final List<String> description = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private final Map<String, String> flags = new HashMap<>();
    private String usage = "";

    private HelpTexts() {}

    /** The words for a command; {@code ""}: only those for the flags that every command takes. */
    static HelpTexts of(String path) {
        HelpTexts texts = new HelpTexts();
        texts.read("flags", "*");
        if (!path.isEmpty()) {
            int space = path.indexOf(' ');
            texts.read(space < 0 ? path : path.substring(0, space), path);
        }
        return texts;
    }

    private void read(String resource, String section) {
        boolean here = false;
        boolean inExamples = false;
        for (String line : text(resource).split("\n", -1)) {
            if (line.startsWith("== ")) {
                here = line.substring(3).equals(section);
            } else if (!here) {
                continue;
            } else if (line.startsWith("usage: ")) {
                usage = line.substring(7);
            } else if (line.startsWith("--")) {
                int space = line.indexOf(' ');
                flags.put(line.substring(2, space), line.substring(space + 1));
            } else if (line.equals("examples:")) {
                inExamples = true;
            } else {
                (inExamples ? examples : description).add(line);
            }
        }
    }

    private static String text(String resource) {
        try (InputStream in = HelpTexts.class.getResourceAsStream("help/" + resource + ".txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind {@code kubectl} in the line that shows the command's form. */
    String usage() {
        return usage;
    }

    /** Paragraphs as kubectl sets them: all but the first begin with a space, lists with two and a star. */
    String description() {
        StringBuilder text = new StringBuilder();
        for (String line : description) {
            boolean plain = text.length() == 0 || line.isEmpty() || line.startsWith("Use \"kubectl api-resources\"");
            String lead = plain ? "" : Character.isDigit(line.charAt(0)) ? "  " : " ";
            text.append(line.startsWith("* ") ? "  *  " + line.substring(2) : lead + line)
                    .append('\n');
        }
        return text.toString().strip();
    }

    /** The examples, indented. */
    String examples() {
        StringBuilder text = new StringBuilder();
        examples.forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString().stripTrailing();
    }

    String flag(String name) {
        return flags.getOrDefault(name, "");
    }
}
