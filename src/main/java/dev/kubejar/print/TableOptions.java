package dev.kubejar.print;

import java.util.List;

/**
 * What a table shows beside the server's columns.
 *
 * @param kind {@code pod} or {@code deployment.apps}, put before each name; empty for none
 * @param labels keys of labels that get a column each ({@code -L})
 */
public record TableOptions(
        boolean noHeaders, boolean wide, boolean withNamespace, boolean showLabels, String kind, List<String> labels) {
    public static final TableOptions PLAIN = new TableOptions(false, false, false, false, "", List.of());

    /** The same for objects of a kind, named before each of them. */
    public TableOptions withKind(String value) {
        return new TableOptions(noHeaders, wide, withNamespace, showLabels, value, labels);
    }

    public TableOptions withNamespace(boolean value) {
        return new TableOptions(noHeaders, wide, value, showLabels, kind, labels);
    }
}
