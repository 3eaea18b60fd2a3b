package dev.kubejar.kinds;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.time.Instant;
import java.util.Locale;

/** Event, in core (v1), as it is stored, and in events.k8s.io/v1. */
final class Event {
    private static final String[][] RENAMED = {
        {"regarding", "involvedObject"},
        {"note", "message"},
        {"deprecatedSource", "source"},
        {"deprecatedFirstTimestamp", "firstTimestamp"},
        {"deprecatedLastTimestamp", "lastTimestamp"},
        {"deprecatedCount", "count"},
        {"reportingController", "reportingComponent"}
    };

    private Event() {}

    static Kind build() {
        return columns(KindTable.start("v1", "Event"), "involvedObject", "message", "source", "reportingComponent")
                .field("involvedObject.kind", event -> event.text("involvedObject.kind"))
                .field("involvedObject.namespace", event -> event.text("involvedObject.namespace"))
                .field("involvedObject.name", event -> event.text("involvedObject.name"))
                .field("involvedObject.uid", event -> event.text("involvedObject.uid"))
                .field("involvedObject.apiVersion", event -> event.text("involvedObject.apiVersion"))
                .field("involvedObject.resourceVersion", event -> event.text("involvedObject.resourceVersion"))
                .field("involvedObject.fieldPath", event -> event.text("involvedObject.fieldPath"))
                .field("reason", event -> event.text("reason"))
                .field("reportingComponent", event -> event.text("reportingComponent"))
                .field(
                        "source",
                        event -> Cells.orElse(event.text("source.component"), event.text("reportingComponent")))
                .field("type", event -> event.text("type"))
                .nameRule(Names::subdomain)
                .defaults(Event::defaults)
                .rule(EventRules::core)
                .createOnUpdate()
                .build();
    }

    static Kind buildNew() {
        return columns(
                        KindTable.start("events.k8s.io/v1", "Event"),
                        "regarding",
                        "note",
                        "deprecatedSource",
                        "reportingController")
                .field("reason", event -> event.text("reason"))
                .field("regarding.kind", event -> event.text("regarding.kind"))
                .field("regarding.namespace", event -> event.text("regarding.namespace"))
                .field("regarding.name", event -> event.text("regarding.name"))
                .field("regarding.uid", event -> event.text("regarding.uid"))
                .field("reportingController", event -> event.text("reportingController"))
                .field("type", event -> event.text("type"))
                .storedAs(new GroupVersionResource("", "v1", "events"), Event::toNew, Event::toCore)
                .nameRule(Names::subdomain)
                .defaults(Event::defaultsNew)
                .rule(EventRules::renamed)
                .createOnUpdate()
                .build();
    }

    private static Kind.Builder columns(
            Kind.Builder kind, String object, String message, String source, String controller) {
        String first = source.equals("source") ? "firstTimestamp" : "deprecatedFirstTimestamp";
        String last = source.equals("source") ? "lastTimestamp" : "deprecatedLastTimestamp";
        String count = source.equals("source") ? "count" : "deprecatedCount";
        return kind.column("Last Seen", "string", 0, (event, now) -> lastSeen(event, first, last, now))
                .column("Type", event -> event.text("type"))
                .column("Reason", event -> event.text("reason"))
                .column("Object", event -> target(event.obj(object)))
                .wide("Subobject", event -> event.text(object + ".fieldPath"))
                .wide("Source", event -> source(event, source, controller))
                .column("Message", event -> event.text(message).strip())
                .column("First Seen", "string", 1, (event, now) -> firstSeen(event, first, now))
                .wide("Count", event -> count(event, count))
                .column(new dev.kubejar.schema.Column("Name", "string", "name", 1, "", (event, now) -> event.name()));
    }

    private static String firstSeen(Obj event, String first, Instant now) {
        return Times.since(event.has(first) ? event.time(first) : event.time("eventTime"), now);
    }

    private static String lastSeen(Obj event, String first, String last, Instant now) {
        if (event.has("series")) {
            return Times.since(event.time("series.lastObservedTime"), now);
        }
        return event.has(last) ? Times.since(event.time(last), now) : firstSeen(event, first, now);
    }

    private static Object count(Obj event, String count) {
        return event.has("series") ? event.number("series.count") : Math.max(1, event.number(count));
    }

    private static String target(Obj object) {
        String kind = object.text("kind").toLowerCase(Locale.ROOT);
        return object.text("name").isEmpty() ? kind : kind + "/" + object.text("name");
    }

    private static String source(Obj event, String source, String controller) {
        String component = Cells.orElse(event.text(source + ".component"), event.text(controller));
        String instance = Cells.orElse(event.text(source + ".host"), event.text("reportingInstance"));
        return instance.isEmpty() ? component : component + ", " + instance;
    }

    private static void defaults(Obj event) {
        nullable(event, "eventTime", "firstTimestamp", "lastTimestamp");
        event.child("source");
        event.child("involvedObject");
        event.orSet("reportingComponent", "");
        event.orSet("reportingInstance", "");
    }

    private static void defaultsNew(Obj event) {
        nullable(event, "eventTime", "deprecatedFirstTimestamp", "deprecatedLastTimestamp");
        event.child("deprecatedSource");
        event.child("regarding");
    }

    private static void nullable(Obj event, String... times) {
        for (String time : times) {
            if (!event.has(time)) {
                event.node().putNull(time);
            }
        }
    }

    private static Obj toNew(Obj stored) {
        Obj event = stored.copy().set("apiVersion", "events.k8s.io/v1");
        for (String[] pair : RENAMED) {
            rename(event, pair[1], pair[0]);
        }
        return event;
    }

    private static Obj toCore(Obj event) {
        Obj stored = event.copy().set("apiVersion", "v1");
        for (String[] pair : RENAMED) {
            rename(stored, pair[0], pair[1]);
        }
        return stored;
    }

    private static void rename(Obj event, String from, String to) {
        if (event.node().has(from)) {
            event.node().set(to, event.node().remove(from));
        }
    }
}
