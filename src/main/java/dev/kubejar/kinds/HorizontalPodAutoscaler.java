package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.Related;

/** HorizontalPodAutoscaler in autoscaling/v2, as it is stored, and in autoscaling/v1. */
final class HorizontalPodAutoscaler {
    private HorizontalPodAutoscaler() {}

    static Kind build() {
        return columns(KindTable.start("autoscaling/v2", "HorizontalPodAutoscaler"), false)
                .defaults(AutoscalerDefaults::v2)
                .prepareCreate(AutoscalerDefaults::clear)
                .prepareUpdate(Workloads::keepStatus)
                .rule(AutoscalerRules::check)
                .statusRule(AutoscalerRules::status)
                .describe(HorizontalPodAutoscaler::describe)
                .build();
    }

    static Kind buildV1() {
        return columns(KindTable.start("autoscaling/v1", "HorizontalPodAutoscaler"), true)
                .storedAs(
                        new GroupVersionResource("autoscaling", "v2", "horizontalpodautoscalers"),
                        AutoscalerVersions::toV1,
                        AutoscalerVersions::toV2)
                .defaults(AutoscalerDefaults::v1)
                .prepareCreate(hpa ->
                        hpa.set("status", Obj.create().set("currentReplicas", 0).set("desiredReplicas", 0)))
                .prepareUpdate(Workloads::keepStatus)
                .rule(HorizontalPodAutoscaler::checkV1)
                .describe(HorizontalPodAutoscaler::describeV1)
                .build();
    }

    private static void checkV1(Obj now, Obj before, Problems problems) {
        Obj old = before == null ? null : AutoscalerVersions.toV2(before);
        AutoscalerRules.check(AutoscalerVersions.toV2(now), old, problems);
    }

    private static Kind.Builder columns(Kind.Builder kind, boolean first) {
        kind.nameColumn()
                .column(
                        "Reference",
                        hpa -> hpa.text("spec.scaleTargetRef.kind") + "/" + hpa.text("spec.scaleTargetRef.name"))
                .column("Targets", hpa -> AutoscalerMetrics.targets(first ? AutoscalerVersions.toV2(hpa) : hpa))
                .column("MinPods", hpa -> hpa.text("spec.minReplicas", "<unset>"))
                .column("MaxPods", hpa -> hpa.number("spec.maxReplicas"))
                .column("Replicas", hpa -> hpa.number("status.currentReplicas"));
        return kind.ageColumn().nameRule(Names::subdomain);
    }

    private static void head(Obj hpa, Describe out) {
        Parts.name(hpa, out);
        Parts.metadata(hpa, out);
        out.field("CreationTimestamp", Parts.time(hpa, "metadata.creationTimestamp"));
        out.field("Reference", hpa.text("spec.scaleTargetRef.kind") + "/" + hpa.text("spec.scaleTargetRef.name"));
    }

    private static void pods(Obj hpa, Describe out) {
        out.field(
                hpa.text("spec.scaleTargetRef.kind") + " pods",
                hpa.number("status.currentReplicas") + " current / " + hpa.number("status.desiredReplicas")
                        + " desired");
    }

    private static void describe(Obj hpa, Describe out, Related related) {
        head(hpa, out);
        AutoscalerMetrics.describe(hpa, out);
        out.field("Min replicas", hpa.text("spec.minReplicas", "<unset>"));
        out.field("Max replicas", Long.toString(hpa.number("spec.maxReplicas")));
        if (hpa.has("spec.behavior")) {
            out.line(0, "Behavior:");
            direction("Scale Up", hpa.obj("spec.behavior.scaleUp"), out);
            direction("Scale Down", hpa.obj("spec.behavior.scaleDown"), out);
        }
        pods(hpa, out);
        if (!hpa.list("status.conditions").isEmpty()) {
            out.line(0, "Conditions:");
            out.line(1, "Type\tStatus\tReason\tMessage");
            out.line(1, "----\t------\t------\t-------");
            for (Obj c : hpa.list("status.conditions")) {
                out.line(
                        1,
                        c.text("type") + "\t" + c.text("status") + "\t" + c.text("reason") + "\t" + c.text("message"));
            }
        }
        Parts.events(hpa, out, related);
    }

    private static void direction(String title, Obj rules, Describe out) {
        if (rules.isEmpty()) {
            return;
        }
        out.line(1, title + ":");
        if (rules.has("stabilizationWindowSeconds")) {
            out.line(2, "Stabilization Window: " + rules.number("stabilizationWindowSeconds") + " seconds");
        }
        if (!rules.list("policies").isEmpty()) {
            out.line(2, "Select Policy: " + rules.text("selectPolicy", "Max"));
            out.line(2, "Policies:");
            for (Obj policy : rules.list("policies")) {
                out.line(
                        3,
                        "- Type: " + policy.text("type") + "\tValue: " + policy.number("value") + "\tPeriod: "
                                + policy.number("periodSeconds") + " seconds");
            }
        }
    }

    private static void describeV1(Obj hpa, Describe out, Related related) {
        head(hpa, out);
        if (hpa.has("spec.targetCPUUtilizationPercentage")) {
            out.field("Target CPU utilization", hpa.text("spec.targetCPUUtilizationPercentage") + "%");
            out.field("Current CPU utilization", hpa.text("status.currentCPUUtilizationPercentage", "<unknown>") + "%");
        }
        out.field("Min replicas", hpa.text("spec.minReplicas", "<unset>"));
        out.field("Max replicas", Long.toString(hpa.number("spec.maxReplicas")));
        pods(hpa, out);
        Parts.events(hpa, out, related);
    }
}
