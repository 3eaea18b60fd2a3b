package dev.kubejar.print;

import dev.kubejar.schema.Describe;

/** Lays out a description: two spaces a level, cells aligned with a padding of two. */
public final class DescribePrinter {
    private DescribePrinter() {}

    /** Writes the lines of one object's description. */
    public static void print(Describe description, Appendable out) {
        TabWriter writer = TabWriter.forDescriptions(out);
        for (Describe.Line line : description.lines()) {
            for (int i = 0; i < line.level(); i++) {
                writer.append("  ");
            }
            writer.append(TablePrinter.escaped(line.text())).append('\n');
        }
        writer.flush();
    }
}
