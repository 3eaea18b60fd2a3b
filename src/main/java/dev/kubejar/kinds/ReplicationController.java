package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;

/** ReplicationController (v1). */
final class ReplicationController {
    private ReplicationController() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("v1", "ReplicationController").nameColumn();
        Workloads.number(kind, "Desired", "spec.replicas");
        Workloads.number(kind, "Current", "status.replicas");
        Workloads.number(kind, "Ready", "status.readyReplicas");
        return Workloads.containerColumns(kind.ageColumn(), "spec.template.spec")
                .wide("Selector", rc -> Cells.labels(rc.map("spec.selector")))
                .field("status.replicas", rc -> Long.toString(rc.number("status.replicas")))
                .nameRule(Names::subdomain)
                .defaults(ReplicationController::defaults)
                .prepareCreate(rc -> rc.set("status", Obj.create().set("replicas", 0)))
                .prepareUpdate(Workloads::keepStatus)
                .rule(ReplicationControllerRules::check)
                .statusRule(ReplicationControllerRules::status)
                .describe(ReplicaSetDescription::controller)
                .build();
    }

    private static void defaults(Obj rc) {
        Obj labels = rc.obj("spec.template.metadata.labels");
        if (!labels.isEmpty()) {
            if (rc.obj("spec.selector").isEmpty()) {
                rc.set("spec.selector", labels.copy());
            }
            if (rc.obj("metadata.labels").isEmpty()) {
                rc.set("metadata.labels", labels.copy());
            }
        }
        rc.child("spec").orSet("replicas", 1);
        dev.kubejar.kinds.pod.PodDefaults.template(rc, "spec.template");
    }
}
