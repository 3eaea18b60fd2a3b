package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What autoscaling/v1 has no fields for: it stands in annotations, in the form of its own metrics. */
final class AutoscalerAnnotations {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final List<String> ALL = List.of(
            "metrics", "behavior", "current-metrics", "conditions", "scale-down-tolerance", "scale-up-tolerance");

    private AutoscalerAnnotations() {}

    /** Moves what the annotations say into the fields of v2; what cannot be read is dropped. */
    static void read(Obj hpa) {
        List<Obj> others = items(hpa, "metrics");
        if (!others.isEmpty()) {
            List<Obj> metrics = new ArrayList<>();
            others.forEach(each -> metrics.add(second(each, "target")));
            metrics.addAll(hpa.list("spec.metrics"));
            hpa.set("spec.metrics", metrics);
        }
        JsonNode behavior = json(hpa, "behavior");
        if (behavior instanceof ObjectNode) {
            hpa.set("spec.behavior", behavior);
        }
        List<Obj> current = items(hpa, "current-metrics");
        if (!current.isEmpty()) {
            List<Obj> metrics = new ArrayList<>();
            current.forEach(each -> metrics.add(second(each, "current")));
            hpa.set("status.currentMetrics", metrics);
        }
        List<Obj> conditions = items(hpa, "conditions");
        if (!conditions.isEmpty()) {
            hpa.set("status.conditions", conditions);
        }
        drop(hpa);
    }

    /** Writes into a v1 autoscaler what only the v2 one has fields for. */
    static void write(Obj first, Obj second) {
        drop(first);
        List<Obj> others = new ArrayList<>();
        for (Obj metric : second.list("spec.metrics")) {
            if (!metric.text("resource.name").equals("cpu") || !metric.has("resource.target.averageUtilization")) {
                others.add(first(metric, "target"));
            }
        }
        put(first, "metrics", others);
        List<Obj> current = new ArrayList<>();
        second.list("status.currentMetrics").forEach(each -> current.add(first(each, "current")));
        put(first, "current-metrics", current);
        if (second.has("spec.behavior")) {
            first.setAnnotation(PREFIX + "behavior", Json.text(second.at("spec.behavior")));
        }
        put(first, "conditions", second.list("status.conditions"));
    }

    private static void put(Obj hpa, String name, List<Obj> items) {
        if (!items.isEmpty()) {
            hpa.setAnnotation(PREFIX + name, items.toString().replace("}, {", "},{"));
        }
    }

    private static void drop(Obj hpa) {
        ALL.forEach(name -> hpa.removeAnnotation(PREFIX + name));
    }

    private static JsonNode json(Obj hpa, String name) {
        String text = hpa.annotations().get(PREFIX + name);
        try {
            return text == null ? Json.NODES.missingNode() : Json.read(text);
        } catch (UncheckedIOException e) {
            return Json.NODES.missingNode();
        }
    }

    private static List<Obj> items(Obj hpa, String name) {
        List<Obj> items = new ArrayList<>();
        for (JsonNode each : json(hpa, name)) {
            if (each instanceof ObjectNode node) {
                items.add(Obj.of(node));
            }
        }
        return items;
    }

    private static String field(String type) {
        return type.isEmpty() ? "resource" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    /** A metric of v1 as v2 has it; {@code part}: {@code target} or {@code current}. */
    private static Obj second(Obj metric, String part) {
        String field = field(metric.text("type"));
        Obj old = metric.obj(field);
        Obj made = Obj.create();
        String usage = part + "AverageUtilization";
        String average = part + "AverageValue";
        String value = part + "Value";
        switch (field) {
            case "resource", "containerResource" -> {
                made.set("name", old.text("name"));
                carry(old, "container", made, "container");
            }
            default -> {
                made.child("metric").set("name", old.text("metricName"));
                carry(old, "selector", made, "metric.selector");
                carry(old, "metricSelector", made, "metric.selector");
                carry(old, "target", made, "describedObject");
            }
        }
        Obj amount = made.child(part);
        carry(old, usage, made, part + ".averageUtilization");
        carry(old, average, made, part + ".averageValue");
        carry(old, "averageValue", made, part + ".averageValue");
        if (!amount.has("averageValue") || !old.text(value).equals("0")) {
            carry(old, value, made, part + ".value");
        }
        if (part.equals("target")) {
            boolean whole = amount.has("value") && !(field.equals("object") && amount.has("averageValue"));
            amount.set("type", amount.has("averageUtilization") ? "Utilization" : whole ? "Value" : "AverageValue");
        }
        return Obj.create().set("type", metric.text("type")).set(field, made);
    }

    /** A metric of v2 as v1 has it. */
    private static Obj first(Obj metric, String part) {
        String field = field(metric.text("type"));
        Obj old = metric.obj(field);
        Obj amount = old.obj(part);
        Obj made = Obj.create();
        switch (field) {
            case "resource", "containerResource" -> {
                made.set("name", old.text("name"));
                carry(amount, "averageUtilization", made, part + "AverageUtilization");
                carry(amount, "averageValue", made, part + "AverageValue");
                carry(old, "container", made, "container");
            }
            case "object" -> {
                carry(old, "describedObject", made, "target");
                made.set("metricName", old.text("metric.name"));
                made.set(part + "Value", amount.text("value", "0"));
                carry(old, "metric.selector", made, "selector");
                carry(amount, "averageValue", made, "averageValue");
            }
            case "pods" -> {
                made.set("metricName", old.text("metric.name"));
                made.set(part + "AverageValue", amount.text("averageValue", "0"));
                carry(old, "metric.selector", made, "selector");
            }
            default -> {
                made.set("metricName", old.text("metric.name"));
                carry(old, "metric.selector", made, "metricSelector");
                carry(amount, "value", made, part + "Value");
                carry(amount, "averageValue", made, part + "AverageValue");
            }
        }
        return Obj.create().set("type", metric.text("type")).set(field, made);
    }

    private static void carry(Obj from, String path, Obj to, String place) {
        if (from.has(path)) {
            JsonNode value = from.at(path);
            to.set(place, (JsonNode) value.deepCopy());
        }
    }
}
