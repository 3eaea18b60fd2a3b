package dev.kubejar.print;

import dev.kubejar.object.Obj;

/** Writes objects in one output format; it may remember what it wrote before, such as a table's header. */
public interface Printer {
    /**
     * Writes one object, a List of them, or a Table.
     *
     * @throws dev.kubejar.object.ParseError worded as kubectl's, where a template cannot be applied
     */
    void print(Obj object, Appendable out);

    /** Writes a watch event with its type: {@code ADDED}, {@code MODIFIED}, {@code DELETED}. */
    void printEvent(String type, Obj object, Appendable out);

    /** Writes what was held back to align it. */
    default void flush() {}
}
