package dev.kubejar.schema;

import dev.kubejar.object.Obj;
import java.time.Instant;

/**
 * One column of a resource's table, with the value beside its header.
 *
 * @param type {@code string}, {@code integer}, {@code date} …, as OpenAPI names it
 * @param format {@code name} marks the object's name; otherwise mostly empty
 * @param priority 0: always shown; over 0: with {@code -o wide} only
 */
public record Column(String name, String type, String format, int priority, String description, Cell cell) {

    /** Reads a cell off an object: a String, a Long, a Boolean, or null for an empty cell. */
    @FunctionalInterface
    public interface Cell {
        Object of(Obj object, Instant now);
    }
}
