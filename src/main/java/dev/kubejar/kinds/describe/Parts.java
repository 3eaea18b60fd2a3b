package dev.kubejar.kinds.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lines that many descriptions have in common. */
public final class Parts {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final int MAX_ANNOTATION = 140;
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private Parts() {}

    /** Name, and the namespace under it. */
    public static void name(Obj object, Describe out) {
        out.field("Name", object.name());
        out.field("Namespace", object.namespace());
    }

    /** Labels and annotations. */
    public static void metadata(Obj object, Describe out) {
        out.map("Labels", object.labels(), "=");
        annotations("Annotations", object.annotations(), out);
    }

    /** Annotations, a long or multi-line one under its key; what apply remembers is left out. */
    public static void annotations(String title, Map<String, String> annotations, Describe out) {
        Map<String, String> shown = new TreeMap<>(annotations);
        shown.remove(LAST_APPLIED);
        if (shown.isEmpty()) {
            out.line(0, title + ":\t<none>");
            return;
        }
        String head = title + ":";
        for (Map.Entry<String, String> entry : shown.entrySet()) {
            String value = entry.getValue();
            value = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
            if (value.length() + entry.getKey().length() + 2 > MAX_ANNOTATION || value.indexOf('\n') >= 0) {
                out.line(0, head + "\t" + entry.getKey() + ":");
                for (String line : value.split("\n", -1)) {
                    out.line(0, "\t  " + shorten(line));
                }
            } else {
                out.line(0, head + "\t" + entry.getKey() + ": " + value);
            }
            head = "";
        }
    }

    private static String shorten(String text) {
        int max = MAX_ANNOTATION - 2;
        return text.length() > max ? text.substring(0, max) + "..." : text;
    }

    /** {@code Controlled By:} where a controller owns the object. */
    public static void controlledBy(Obj object, Describe out) {
        Obj owner = object.controller();
        if (owner != null) {
            out.field("Controlled By", owner.text("kind") + "/" + owner.text("name"));
        }
    }

    /** The time at a path as RFC 1123 writes it, with a numeric zone; Go's zero time where there is none. */
    public static String time(Obj object, String path) {
        Instant instant = object.time(path);
        if (instant == null) {
            return "Mon, 01 Jan 0001 00:00:00 +0000";
        }
        OffsetDateTime t = instant.atOffset(ZoneOffset.UTC);
        return DAYS[t.getDayOfWeek().ordinal()] + ", " + two(t.getDayOfMonth()) + " " + MONTHS[t.getMonthValue() - 1]
                + " " + t.getYear() + " " + two(t.getHour()) + ":" + two(t.getMinute()) + ":" + two(t.getSecond())
                + " +0000";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** {@code True} or {@code False}. */
    public static String bool(boolean value) {
        return value ? "True" : "False";
    }

    /** Where there are any: conditions with type, status and reason. */
    public static void conditions(Obj object, Describe out) {
        List<Obj> conditions = object.list("status.conditions");
        if (conditions.isEmpty()) {
            return;
        }
        out.line(0, "Conditions:");
        out.line(1, "Type\tStatus\tReason");
        out.line(1, "----\t------\t------");
        for (Obj c : conditions) {
            out.line(1, c.text("type") + " \t" + c.text("status") + "\t" + c.text("reason"));
        }
    }

    /** Tolerations by key. */
    public static void tolerations(String title, List<Obj> tolerations, Describe out) {
        List<Obj> sorted = new ArrayList<>(tolerations);
        sorted.sort(Comparator.comparing(each -> each.text("key")));
        List<String> lines = new ArrayList<>();
        for (Obj each : sorted) {
            String key = each.text("key");
            String value = each.text("value");
            String effect = each.text("effect");
            String text = key + (value.isEmpty() ? "" : "=" + value) + (effect.isEmpty() ? "" : ":" + effect);
            if (each.text("operator").equals("Exists") && value.isEmpty()) {
                text += text.isEmpty() ? "op=Exists" : " op=Exists";
            }
            if (each.has("tolerationSeconds")) {
                text += " for " + each.number("tolerationSeconds") + "s";
            }
            lines.add(text);
        }
        lines(title, lines, out);
    }

    /** {@code Title:} with a value a line, {@code <none>} where there is none. */
    public static void lines(String title, List<String> values, Describe out) {
        String head = title + ":";
        for (String value : values.isEmpty() ? List.of("<none>") : values) {
            out.line(0, head + "\t" + value);
            head = "";
        }
    }

    /** The table of events, unless it is not wanted. */
    public static void events(Obj object, Describe out, Related related) {
        if (!related.showEvents()) {
            return;
        }
        List<Obj> events = related.events(object);
        if (events.isEmpty()) {
            out.line(0, "Events:\t<none>");
            return;
        }
        out.line(0, "Events:");
        out.line(1, "Type\tReason\tAge\tFrom\tMessage");
        out.line(1, "----\t------\t----\t----\t-------");
        for (Obj event : events) {
            String message = event.text("message").strip();
            String path = event.text("involvedObject.fieldPath");
            String source = event.text("source.component");
            out.line(
                    1,
                    event.text("type") + "\t" + event.text("reason") + "\t" + interval(event, related.now()) + "\t"
                            + (source.isEmpty() ? event.text("reportingComponent") : source) + "\t"
                            + (path.isEmpty() ? message : path + ": " + message));
        }
    }

    private static String interval(Obj event, Instant now) {
        String first =
                Times.since(event.has("eventTime") ? event.time("eventTime") : event.time("firstTimestamp"), now);
        if (event.has("series")) {
            return Times.since(event.time("series.lastObservedTime"), now) + " (x" + event.number("series.count")
                    + " over " + first + ")";
        }
        return event.number("count") > 1
                ? Times.since(event.time("lastTimestamp"), now) + " (x" + event.number("count") + " over " + first + ")"
                : first;
    }

    /** A resource list, a name a line, sorted. */
    public static void resources(int level, Obj list, Describe out) {
        sorted(list).forEach((name, quantity) -> out.line(level, name + ":\t" + quantity.asText()));
    }

    /** A map's entries by key. */
    public static Map<String, JsonNode> sorted(Obj map) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : map.node().properties()) {
            sorted.put(entry.getKey(), entry.getValue());
        }
        return sorted;
    }

    /** Strings as Go prints a slice: {@code [a b]}. */
    public static String slice(List<String> texts) {
        return "[" + String.join(" ", texts) + "]";
    }

    /** The text, or {@code absent} where it is empty. */
    public static String or(String text, String absent) {
        return text.isEmpty() ? absent : text;
    }
}
