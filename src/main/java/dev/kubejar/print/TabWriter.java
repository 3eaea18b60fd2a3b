package dev.kubejar.print;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligns cells that end in a tab, column block by column block, as Go's text/tabwriter does: the cells of consecutive
 * lines share a width, and what follows the last tab of a line belongs to no column.
 */
public final class TabWriter implements Appendable {
    private final Appendable out;
    private final int minWidth;
    private final int tabWidth;
    private final int padding;
    private final char padChar;
    private final List<List<String>> lines = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private List<Integer> remembered;

    /** @param tabWidth what widths are rounded up to where {@code padChar} is a tab */
    public TabWriter(Appendable out, int minWidth, int tabWidth, int padding, char padChar) {
        this.out = out;
        this.minWidth = minWidth;
        this.tabWidth = tabWidth;
        this.padding = padding;
        this.padChar = padChar;
        lines.add(new ArrayList<>());
    }

    /** For tables: at least 6 wide, 3 apart, and columns never narrower than before ({@link #forgetWidths}). */
    public static TabWriter forTables(Appendable out) {
        TabWriter writer = new TabWriter(out, 6, 4, 3, ' ');
        writer.remembered = new ArrayList<>();
        return writer;
    }

    /** For descriptions: 2 apart. */
    public static TabWriter forDescriptions(Appendable out) {
        return new TabWriter(out, 0, 8, 2, ' ');
    }

    /** Lets the next table begin with fresh widths. */
    public void forgetWidths() {
        remembered.clear();
    }

    @Override
    public TabWriter append(CharSequence text) {
        return append(text, 0, text.length());
    }

    @Override
    public TabWriter append(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    @Override
    public TabWriter append(char c) {
        switch (c) {
            case '\t', '\u000b' -> endCell();
            case '\n', '\f' -> {
                endCell();
                boolean alone = lines.get(lines.size() - 1).size() == 1;
                lines.add(new ArrayList<>());
                if (c == '\f' || alone) { // such a line ends every column block, so what came before is settled
                    write();
                }
            }
            default -> cell.append(c);
        }
        return this;
    }

    private void endCell() {
        lines.get(lines.size() - 1).add(cell.toString());
        cell.setLength(0);
    }

    /** Writes everything held back. */
    public void flush() {
        if (cell.length() > 0) {
            endCell();
        }
        write();
    }

    private void write() {
        format(0, lines.size());
        lines.clear();
        lines.add(new ArrayList<>());
    }

    private void format(int from, int to) {
        int column = widths.size();
        int start = from;
        for (int i = from; i < to; i++) {
            if (column >= lines.get(i).size() - 1) {
                continue;
            }
            writeLines(start, i);
            start = i;
            int width = minWidth;
            for (; i < to && column < lines.get(i).size() - 1; i++) {
                width = Math.max(width, length(lines.get(i).get(column)) + padding);
            }
            widths.add(kept(column, width));
            format(start, i);
            widths.remove(column);
            start = i;
        }
        writeLines(start, to);
    }

    private int kept(int column, int width) {
        if (remembered == null) {
            return width;
        }
        while (remembered.size() <= column) {
            remembered.add(0);
        }
        remembered.set(column, Math.max(width, remembered.get(column)));
        return remembered.get(column);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private void writeLines(int from, int to) {
        try {
            for (int i = from; i < to; i++) {
                List<String> line = lines.get(i);
                for (int j = 0; j < line.size(); j++) {
                    out.append(line.get(j));
                    if (j < widths.size()) {
                        pad(length(line.get(j)), widths.get(j));
                    }
                }
                if (i + 1 < lines.size()) {
                    out.append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pad(int length, int width) throws IOException {
        int count = width - length;
        if (padChar == '\t') {
            int rounded = (width + tabWidth - 1) / tabWidth * tabWidth;
            count = (rounded - length + tabWidth - 1) / tabWidth;
        }
        for (int i = 0; i < count; i++) {
            out.append(padChar);
        }
    }
}
