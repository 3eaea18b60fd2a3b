package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.kubejar.kinds.pod.Canonical;
import dev.kubejar.object.Obj;
import java.util.List;

/** What the server fills into autoscalers. */
final class AutoscalerDefaults {
    private AutoscalerDefaults() {}

    static void v1(Obj hpa) {
        hpa.child("spec").orSet("minReplicas", 1);
        hpa.child("status").orSet("currentReplicas", 0).orSet("desiredReplicas", 0);
    }

    static void v2(Obj hpa) {
        Obj spec = hpa.child("spec");
        spec.orSet("minReplicas", 1);
        if (spec.list("metrics").isEmpty()) {
            spec.set(
                    "metrics",
                    List.of(Obj.parse("{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":"
                            + "{\"type\":\"Utilization\",\"averageUtilization\":80}}}")));
        }
        if (spec.has("behavior")) {
            rules(spec.child("behavior.scaleUp"), true);
            rules(spec.child("behavior.scaleDown"), false);
        }
        for (Obj metric : spec.list("metrics")) {
            for (String source : List.of("resource", "pods", "object", "external", "containerResource")) {
                for (String amount : List.of("value", "averageValue")) {
                    Canonical.quantity(metric, source + ".target." + amount);
                }
            }
        }
        if (!hpa.has("status")) {
            clear(hpa);
        }
    }

    static void clear(Obj hpa) {
        Obj status = Obj.create();
        status.node().set("currentMetrics", NullNode.getInstance());
        hpa.set("status", status.set("desiredReplicas", 0));
    }

    private static void rules(Obj rules, boolean up) {
        rules.orSet("selectPolicy", "Max");
        if (up) {
            rules.orSet("stabilizationWindowSeconds", 0);
        }
        if (!rules.has("policies")) {
            Obj percent = policy("Percent", 100);
            rules.set("policies", up ? List.of(policy("Pods", 4), percent) : List.of(percent));
        }
        Canonical.quantity(rules, "tolerance");
    }

    private static Obj policy(String type, long value) {
        return Obj.create().set("type", type).set("value", value).set("periodSeconds", 15);
    }
}
