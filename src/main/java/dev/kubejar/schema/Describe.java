package dev.kubejar.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A description in the making: lines at a nesting level (two spaces each), cells parted by tabs. The printer aligns the
 * tabs as Go's tabwriter does with a padding of two.
 */
public final class Describe {
    /** One line; {@code text} holds its tabs still. */
    public record Line(int level, String text) {}

    private final List<Line> lines = new ArrayList<>();

    /** {@code Name:<tab>value}. */
    public Describe field(String name, String value) {
        return line(0, name + ":\t" + value);
    }

    public Describe field(int level, String name, String value) {
        return line(level, name + ":\t" + value);
    }

    /** A line of cells, tabs already in it; no newline. */
    public Describe line(int level, String text) {
        lines.add(new Line(level, text));
        return this;
    }

    /** A map under a name, a key a line: labels, sorted; {@code <none>} where empty. */
    public Describe map(String name, Map<String, String> map, String separator) {
        if (map.isEmpty()) {
            return line(0, name + ":\t<none>");
        }
        String head = name + ":";
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            line(0, head + "\t" + entry.getKey() + separator + entry.getValue());
            head = "";
        }
        return this;
    }

    public List<Line> lines() {
        return lines;
    }
}
