package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of Events in both versions; both see the core form. */
final class EventRules {
    private EventRules() {}

    static void core(Obj event, Obj before, Problems problems) {
        common(event, "involvedObject", "message", "reportingComponent", problems);
    }

    /** In events.k8s.io/v1. */
    static void renamed(Obj event, Obj before, Problems problems) {
        common(event, "regarding", "note", "reportingController", problems);
        if (before != null) {
            String[][] kept = {
                {"regarding", "involvedObject"},
                {"reason", "reason"},
                {"note", "message"},
                {"type", "type"},
                {"eventTime", "eventTime"},
                {"action", "action"},
                {"related", "related"},
                {"reportingController", "reportingController"},
                {"reportingInstance", "reportingInstance"}
            };
            for (String[] field : kept) {
                Values.immutable(problems, field[1], event, before, field[0]);
            }
            return;
        }
        if (event.has("series") && event.number("series.count") < 2) {
            problems.invalid("series.count", "", "should be at least 2");
        }
        if (!event.has("eventTime")) {
            problems.required("eventTime", "");
        }
        String type = event.text("type");
        if (!type.equals("Normal") && !type.equals("Warning")) {
            problems.invalid("type", "", "has invalid value: " + type);
        }
        String[][] unset = {
            {"deprecatedFirstTimestamp", "firstTimestamp"},
            {"deprecatedLastTimestamp", "lastTimestamp"},
            {"deprecatedCount", "count"}
        };
        for (String[] field : unset) {
            if (event.has(field[0]) && !event.text(field[0]).equals("0")) {
                problems.invalid(field[1], "", "needs to be unset");
            }
        }
        if (!event.text("deprecatedSource.component").isEmpty()) {
            problems.invalid("source", "", "needs to be unset");
        }
    }

    private static void common(Obj event, String object, String message, String controller, Problems problems) {
        String own = event.namespace();
        String other = event.text(object + ".namespace");
        String mismatch = "does not match event.namespace";
        if (!event.has("eventTime")) {
            boolean right = other.isEmpty() ? own.isEmpty() || own.equals("default") : own.equals(other);
            if (!right) {
                problems.invalid("involvedObject.namespace", other, mismatch);
            }
        } else {
            if (other.isEmpty() && !own.equals("default") && !own.equals("kube-system")) {
                problems.invalid("involvedObject.namespace", other, mismatch);
            }
            String reporter = event.text(controller);
            if (reporter.isEmpty()) {
                problems.required(controller, "");
            }
            Values.named(problems, controller, reporter, Names.qualified(reporter));
            for (String field : List.of("reportingInstance", "action", "reason")) {
                if (event.text(field).isEmpty()) {
                    problems.required(field, "");
                }
                if (event.text(field).length() > 128) {
                    problems.invalid(field, "", "can have at most 128 characters");
                }
            }
            if (event.text(message).length() > 1024) {
                problems.invalid("message", "", "can have at most 1024 characters");
            }
        }
        Values.named(problems, "namespace", own, Names.subdomain(own));
    }
}
