package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;

/** An autoscaler's metrics with what they read now: {@code cpu: 10%/80%}. */
final class AutoscalerMetrics {
    private AutoscalerMetrics() {}

    /** The column: at most two, then {@code + N more...}. */
    static String targets(Obj hpa) {
        List<Obj> metrics = hpa.list("spec.metrics");
        if (metrics.isEmpty()) {
            return "<none>";
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            texts.add(target(hpa, metrics.get(i), i));
        }
        int shown = Math.min(2, texts.size());
        String text = String.join(", ", texts.subList(0, shown));
        return texts.size() > shown ? text + " + " + (texts.size() - shown) + " more..." : text;
    }

    private static String field(Obj metric) {
        return switch (metric.text("type")) {
            case "External" -> "external";
            case "Pods" -> "pods";
            case "Object" -> "object";
            case "Resource" -> "resource";
            case "ContainerResource" -> "containerResource";
            default -> "";
        };
    }

    private static String target(Obj hpa, Obj metric, int index) {
        String field = field(metric);
        Obj source = metric.obj(field);
        Obj current = current(hpa, index, field);
        return switch (field) {
            case "" -> "<unknown type>";
            case "pods" -> amount(current, "averageValue") + "/" + quantity(source, "target.averageValue");
            case "resource", "containerResource" -> source.text("name") + ": " + resource(source, current);
            default ->
                source.has("target.averageValue")
                        ? amount(current, "averageValue") + "/" + quantity(source, "target.averageValue") + " (avg)"
                        : amount(current, "value") + "/" + quantity(source, "target.value");
        };
    }

    private static String resource(Obj source, Obj current) {
        if (source.has("target.averageValue")) {
            return amount(current, "averageValue") + "/" + quantity(source, "target.averageValue");
        }
        return percent(current, "averageUtilization", "<unknown>") + "/"
                + percent(source, "target.averageUtilization", "<auto>");
    }

    private static Obj current(Obj hpa, int index, String field) {
        List<Obj> current = hpa.list("status.currentMetrics");
        return index < current.size() ? current.get(index).obj(field + ".current") : Obj.create();
    }

    private static String amount(Obj current, String field) {
        return current.has(field) ? quantity(current, field) : "<unknown>";
    }

    private static String quantity(Obj source, String path) {
        return Quantity.of(source.at(path)).toString();
    }

    private static String percent(Obj source, String path, String absent) {
        return source.has(path) ? source.number(path) + "%" : absent;
    }

    /** The lines under {@code Metrics:}. */
    static void describe(Obj hpa, Describe out) {
        out.field("Metrics", "( current / target )");
        List<Obj> metrics = hpa.list("spec.metrics");
        for (int i = 0; i < metrics.size(); i++) {
            Obj metric = metrics.get(i);
            String field = field(metric);
            Obj source = metric.obj(field);
            Obj current = current(hpa, i, field);
            String name = source.text("metric.name");
            boolean average = source.has("target.averageValue");
            String values = average
                    ? amount(current, "averageValue") + " / " + quantity(source, "target.averageValue")
                    : amount(current, "value") + " / " + quantity(source, "target.value");
            String kind = average ? "(target average value)" : "(target value)";
            switch (field) {
                case "external" -> out.line(1, Problems.quoted(name) + " " + kind + ":\t" + values);
                case "pods" -> out.line(1, Problems.quoted(name) + " on pods:\t" + values);
                case "object" -> {
                    String object = source.text("describedObject.kind") + "/" + source.text("describedObject.name");
                    out.line(1, "\"" + name + "\" on " + object + " " + kind + ":\t" + values);
                }
                case "resource" -> resource("resource " + source.text("name") + " on pods", source, current, out);
                case "containerResource" ->
                    resource(
                            "resource " + source.text("name") + " of container \"" + source.text("container")
                                    + "\" on pods",
                            source,
                            current,
                            out);
                default -> out.line(1, "<unknown metric type " + Problems.quoted(metric.text("type")) + ">");
            }
        }
    }

    private static void resource(String title, Obj source, Obj current, Describe out) {
        if (source.has("target.averageValue")) {
            out.line(
                    1,
                    title + ":\t" + amount(current, "averageValue") + " / " + quantity(source, "target.averageValue"));
            return;
        }
        String now = current.has("averageUtilization")
                ? current.number("averageUtilization") + "% (" + quantity(current, "averageValue") + ")"
                : "<unknown>";
        out.line(
                1,
                title + "  (as a percentage of request):\t" + now + " / "
                        + percent(source, "target.averageUtilization", "<auto>"));
    }
}
