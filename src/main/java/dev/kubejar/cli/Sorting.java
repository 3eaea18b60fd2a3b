package dev.kubejar.cli;

import dev.kubejar.object.Obj;
import java.util.List;

/** {@code --sort-by}. */
public final class Sorting {
    private Sorting() {}

    /** Sorts objects by a field that a JSONPath expression names. */
    public static void sort(List<Obj> objects, String expression) {}
}
