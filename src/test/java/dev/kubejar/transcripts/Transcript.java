package dev.kubejar.transcripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recorded session: commands behind {@code "  $ "}, what they printed, and prose between them. */
record Transcript(Path file, List<Step> steps) {

    /** One command with what it printed; {@code line} counts from 1. */
    record Step(int line, String command, List<String> output) {
        /** Whether the output is compared: not where it is free, nor where no kubectl is asked. */
        boolean counts() {
            return !output.equals(List.of("...")) && command.contains("kubectl");
        }
    }

    static Transcript read(Path file) throws IOException {
        List<Step> steps = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        List<String> output = null;
        int start = 0;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.startsWith("  $ ")) {
                add(steps, start, command, output);
                start = number;
                command.setLength(0);
                command.append(line.substring(4));
                output = new ArrayList<>();
            } else if (output != null && output.isEmpty() && line.startsWith("  > ")) {
                command.append('\n').append(line.substring(4));
            } else if (output != null && output.isEmpty() && line.equals("  >")) {
                command.append('\n');
            } else if (output != null && line.startsWith("  ")) {
                output.add(line.substring(2));
            } else {
                add(steps, start, command, output);
                output = null;
            }
        }
        add(steps, start, command, output);
        return new Transcript(file, steps);
    }

    private static void add(List<Step> steps, int line, StringBuilder command, List<String> output) {
        if (output != null) {
            steps.add(new Step(line, command.toString(), List.copyOf(output)));
        }
    }
}
