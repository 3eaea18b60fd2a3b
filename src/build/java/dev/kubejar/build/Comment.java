package dev.kubejar.build;

import java.util.ArrayList;
import java.util.List;

/** The comment of a Go type or field, which carries the text that users read and markers such as {@code +listType=map}. */
record Comment(List<String> lines) {
    static final Comment NONE = new Comment(List.of());

    /** The values of a marker, in order; a marker without a value counts as the empty string. */
    List<String> markers(String name) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            String text = line.strip();
            if (text.equals("+" + name)) {
                values.add("");
            } else if (text.startsWith("+" + name + "=")) {
                values.add(text.substring(name.length() + 2).strip());
            }
        }
        return values;
    }

    /** The first value of a marker, or the empty string. */
    String marker(String name) {
        List<String> values = markers(name);
        return values.isEmpty() ? "" : values.get(0);
    }

    /**
     * The text as OpenAPI has it: lines of a paragraph are joined, indented lines stay lines of their own, markers and
     * one-line TODOs are left out, and so is everything after {@code ---}.
     */
    String description() {
        StringBuilder text = new StringBuilder();
        for (String raw : lines) {
            if (raw.equals("---")) {
                break;
            }
            String line = raw.replaceFirst(" +$", "");
            String words = line.replaceFirst("^ +", "");
            if (line.isEmpty()) {
                dropLast(text);
                text.append("\n\n");
            } else if (words.startsWith("TODO") || words.startsWith("+")) {
                continue;
            } else if (line.startsWith(" ") || line.startsWith("\t")) {
                dropLast(text);
                text.append('\n').append(line).append('\n');
            } else {
                text.append(line).append(' ');
            }
        }
        return text.toString().strip();
    }

    private static void dropLast(StringBuilder text) {
        if (!text.isEmpty()) {
            text.setLength(text.length() - 1);
        }
    }
}
