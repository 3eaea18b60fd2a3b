package dev.kubejar.kubelet.shell.applets;

import java.util.List;

/** Names side by side, as ls lays them out on a terminal of 80 columns. */
final class Columns {
    private static final int WIDTH = 79;

    private Columns() {}

    static String of(List<String> names) {
        int widest = 0;
        for (String name : names) {
            widest = Math.max(widest, name.length());
        }
        int width = widest + 2;
        int columns = Math.max(1, WIDTH / width);
        int rows = (names.size() + columns - 1) / columns;
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int i = row; i < names.size(); i += rows) {
                out.append(names.get(i));
                if (i + rows < names.size()) {
                    out.append(" ".repeat(width - names.get(i).length()));
                }
            }
            out.append('\n');
        }
        return out.toString();
    }
}
