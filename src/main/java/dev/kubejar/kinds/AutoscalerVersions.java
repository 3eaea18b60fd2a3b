package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** Turns autoscalers of autoscaling/v1 into those of v2 and back; v1 knows the use of cpu alone. */
final class AutoscalerVersions {
    private AutoscalerVersions() {}

    static Obj toV2(Obj first) {
        Obj hpa = first.copy().set("apiVersion", "autoscaling/v2");
        if (hpa.has("spec.targetCPUUtilizationPercentage")) {
            hpa.set("spec.metrics", List.of(metric("target", hpa.number("spec.targetCPUUtilizationPercentage"))));
        }
        hpa.remove("spec.targetCPUUtilizationPercentage");
        if (hpa.has("status.currentCPUUtilizationPercentage")) {
            hpa.set(
                    "status.currentMetrics",
                    List.of(metric("current", hpa.number("status.currentCPUUtilizationPercentage"))));
        }
        hpa.remove("status.currentCPUUtilizationPercentage");
        AutoscalerAnnotations.read(hpa);
        AutoscalerDefaults.v2(hpa);
        return hpa;
    }

    private static Obj metric(String field, long utilization) {
        Obj resource = Obj.create().set("name", "cpu");
        resource.set(field + ".averageUtilization", utilization);
        if (field.equals("target")) {
            resource.set("target.type", "Utilization");
        }
        return Obj.create().set("type", "Resource").set("resource", resource);
    }

    static Obj toV1(Obj second) {
        Obj hpa = second.copy().set("apiVersion", "autoscaling/v1");
        AutoscalerAnnotations.write(hpa, second);
        Long target = cpu(hpa.list("spec.metrics"), "resource.target.averageUtilization");
        Long current = cpu(hpa.list("status.currentMetrics"), "resource.current.averageUtilization");
        hpa.remove("spec.metrics").remove("spec.behavior");
        hpa.remove("status.currentMetrics").remove("status.conditions");
        if (target != null) {
            hpa.set("spec.targetCPUUtilizationPercentage", target);
        }
        if (current != null) {
            hpa.set("status.currentCPUUtilizationPercentage", current);
        }
        if (hpa.has("status")) {
            hpa.obj("status").orSet("currentReplicas", 0);
        }
        return hpa;
    }

    private static Long cpu(List<Obj> metrics, String path) {
        List<Long> found = new ArrayList<>();
        for (Obj metric : metrics) {
            if (metric.text("resource.name").equals("cpu") && metric.has(path)) {
                found.add(metric.number(path));
            }
        }
        return found.isEmpty() ? null : found.get(0);
    }
}
