package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;

/** ReplicaSet (apps/v1). */
final class ReplicaSet {
    private ReplicaSet() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("apps/v1", "ReplicaSet").nameColumn();
        Workloads.number(kind, "Desired", "spec.replicas");
        Workloads.number(kind, "Current", "status.replicas");
        Workloads.number(kind, "Ready", "status.readyReplicas");
        Workloads.containerColumns(kind.ageColumn(), "spec.template.spec");
        return Workloads.selectorColumn(kind, "spec.selector")
                .nameRule(Names::subdomain)
                .defaults(ReplicaSet::defaults)
                .prepareCreate(ReplicaSet::prepareCreate)
                .prepareUpdate(Workloads::keepStatus)
                .rule(ReplicaSetRules::check)
                .statusRule(ReplicaSetRules::status)
                .describe(ReplicaSetDescription::write)
                .build();
    }

    private static void defaults(Obj rs) {
        Workloads.template(rs);
        dev.kubejar.kinds.pod.Zeros.drop(rs.child("spec"), "minReadySeconds");
        rs.child("spec").orSet("replicas", 1);
    }

    private static void prepareCreate(Obj rs) {
        rs.set("status", Obj.create().set("replicas", 0));
    }
}
