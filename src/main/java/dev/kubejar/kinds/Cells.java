package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Values that many tables and descriptions show in the same form. */
public final class Cells {
    private Cells() {}

    /** The names of a pod specification's containers, joined by commas. */
    static String containers(Obj podSpec) {
        return joined(podSpec, "name");
    }

    /** The images of a pod specification's containers, joined by commas. */
    static String images(Obj podSpec) {
        return joined(podSpec, "image");
    }

    private static String joined(Obj podSpec, String field) {
        StringBuilder out = new StringBuilder();
        for (Obj container : podSpec.list("containers")) {
            out.append(out.length() == 0 ? "" : ",").append(container.text(field));
        }
        return out.toString();
    }

    /** {@code a=b,c=d}, sorted; {@code <none>} where there is none. */
    public static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "<none>";
        }
        StringBuilder out = new StringBuilder();
        new TreeMap<>(labels).forEach((key, value) -> out.append(out.length() == 0 ? "" : ",")
                .append(key)
                .append('=')
                .append(value));
        return out.toString();
    }

    /** A label selector in its short form; {@code <none>} where it is empty. */
    public static String selector(Obj labelSelector) {
        String text = selectorText(labelSelector);
        return text.isEmpty() ? "<none>" : text;
    }

    /** {@code app=web,tier in (a,b),!old}, by key; empty where the selector is. */
    public static String selectorText(Obj labelSelector) {
        List<String[]> parts = new ArrayList<>();
        labelSelector.map("matchLabels").forEach((key, value) -> parts.add(new String[] {key, key + "=" + value}));
        for (Obj each : labelSelector.list("matchExpressions")) {
            String key = each.text("key");
            String values = "(" + String.join(",", new TreeSet<>(each.texts("values"))) + ")";
            String text =
                    switch (each.text("operator")) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "Exists" -> key;
                        case "DoesNotExist" -> "!" + key;
                        default -> "<error>";
                    };
            if (text.equals("<error>")) {
                return text;
            }
            parts.add(new String[] {key, text});
        }
        parts.sort(Comparator.comparing(part -> part[0]));
        StringBuilder out = new StringBuilder();
        for (String[] part : parts) {
            out.append(out.length() == 0 ? "" : ",").append(part[1]);
        }
        return out.toString();
    }

    /** The age of the time at a path; {@code <unknown>} where there is none. */
    static String since(Obj object, String path, Instant now) {
        return Times.since(object.time(path), now);
    }

    static String orElse(String text, String absent) {
        return text.isEmpty() ? absent : text;
    }

    /** At most three items, then {@code + N more...}; {@code <unset>} where there is none. */
    static String few(List<String> items) {
        if (items.isEmpty()) {
            return "<unset>";
        }
        int shown = Math.min(3, items.size());
        String text = String.join(",", items.subList(0, shown));
        return items.size() > shown ? text + " + " + (items.size() - shown) + " more..." : text;
    }

    /** The value of a condition's field, empty where the condition is absent. */
    static String condition(Obj object, String type, String field) {
        for (Obj condition : object.list("status.conditions")) {
            if (condition.text("type").equals(type)) {
                return condition.text(field);
            }
        }
        return "";
    }
}
