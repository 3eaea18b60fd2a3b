package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.TemplateParts;
import dev.kubejar.kinds.pod.Zeros;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;

/** DaemonSet (apps/v1). */
final class DaemonSet {
    private static final String GENERATION = "deprecated.daemonset.template.generation";

    private DaemonSet() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("apps/v1", "DaemonSet").nameColumn();
        Workloads.number(kind, "Desired", "status.desiredNumberScheduled");
        Workloads.number(kind, "Current", "status.currentNumberScheduled");
        Workloads.number(kind, "Ready", "status.numberReady");
        Workloads.number(kind, "Up-to-date", "status.updatedNumberScheduled");
        Workloads.number(kind, "Available", "status.numberAvailable");
        kind.column("Node Selector", set -> Cells.labels(set.map("spec.template.spec.nodeSelector")))
                .ageColumn();
        Workloads.containerColumns(kind, "spec.template.spec");
        return Workloads.selectorColumn(kind, "spec.selector")
                .nameRule(Names::subdomain)
                .defaults(DaemonSet::defaults)
                .prepareCreate(DaemonSet::prepareCreate)
                .prepareUpdate(DaemonSet::prepareUpdate)
                .rule(DaemonSetRules::check)
                .statusRule(DaemonSetRules::status)
                .describe(DaemonSet::describe)
                .build();
    }

    private static void defaults(Obj set) {
        Workloads.template(set);
        Obj spec = set.child("spec");
        Zeros.drop(spec, "minReadySeconds");
        Obj strategy = spec.child("updateStrategy");
        Zeros.drop(strategy, "type");
        strategy.orSet("type", "RollingUpdate");
        if (strategy.text("type").equals("RollingUpdate")) {
            strategy.child("rollingUpdate").orSet("maxUnavailable", 1).orSet("maxSurge", 0);
        }
        spec.orSet("revisionHistoryLimit", 10);
    }

    private static void prepareCreate(Obj set) {
        set.set(
                "status",
                Obj.create()
                        .set("currentNumberScheduled", 0)
                        .set("desiredNumberScheduled", 0)
                        .set("numberMisscheduled", 0)
                        .set("numberReady", 0));
        set.setAnnotation(GENERATION, "1");
    }

    /** The template's own generation is kept in an annotation. */
    private static void prepareUpdate(Obj set, Obj before) {
        Workloads.keepStatus(set, before);
        String old = before.annotation(GENERATION);
        boolean changed = !dev.kubejar.kinds.rules.Values.same(set.at("spec.template"), before.at("spec.template"));
        if (!old.isEmpty()) {
            set.setAnnotation(GENERATION, changed ? Long.toString(Long.parseLong(old) + 1) : old);
        }
    }

    private static void describe(Obj set, Describe out, Related related) {
        Parts.name(set, out);
        String selector = Cells.selectorText(set.obj("spec.selector"));
        out.field("Selector", selector);
        out.field("Node-Selector", Cells.labels(set.map("spec.template.spec.nodeSelector")));
        Parts.metadata(set, out);
        out.line(0, "Desired Number of Nodes Scheduled: " + set.number("status.desiredNumberScheduled"));
        out.line(0, "Current Number of Nodes Scheduled: " + set.number("status.currentNumberScheduled"));
        out.line(0, "Number of Nodes Scheduled with Up-to-date Pods: " + set.number("status.updatedNumberScheduled"));
        out.line(0, "Number of Nodes Scheduled with Available Pods: " + set.number("status.numberAvailable"));
        out.line(0, "Number of Nodes Misscheduled: " + set.number("status.numberMisscheduled"));
        out.field("Pods Status", TemplateParts.podsStatus(set, selector, related));
        TemplateParts.write(set.obj("spec.template"), out);
        Parts.events(set, out, related);
    }
}
