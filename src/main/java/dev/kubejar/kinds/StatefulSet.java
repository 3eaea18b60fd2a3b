package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.ClaimParts;
import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.TemplateParts;
import dev.kubejar.kinds.pod.VolumeDefaults;
import dev.kubejar.kinds.pod.Zeros;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;

/** StatefulSet (apps/v1). */
final class StatefulSet {
    private StatefulSet() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("apps/v1", "StatefulSet")
                .nameColumn()
                .column("Ready", set -> set.number("status.readyReplicas") + "/" + set.number("spec.replicas"))
                .ageColumn();
        return Workloads.containerColumns(kind, "spec.template.spec")
                .nameRule(Names::label)
                .defaults(StatefulSet::defaults)
                .prepareCreate(set -> set.set(
                        "status", Obj.create().set("availableReplicas", 0).set("replicas", 0)))
                .prepareUpdate(Workloads::keepStatus)
                .rule(StatefulSetRules::check)
                .statusRule(StatefulSetRules::status)
                .describe(StatefulSet::describe)
                .build();
    }

    private static void defaults(Obj set) {
        Workloads.template(set);
        Obj spec = set.child("spec");
        Zeros.drop(spec, "minReadySeconds", "podManagementPolicy");
        spec.orSet("podManagementPolicy", "OrderedReady");
        spec.orSet("serviceName", "");
        Obj strategy = spec.child("updateStrategy");
        if (strategy.text("type").isEmpty()) {
            strategy.set("type", "RollingUpdate").child("rollingUpdate");
        }
        if (strategy.text("type").equals("RollingUpdate") && strategy.has("rollingUpdate")) {
            strategy.obj("rollingUpdate").orSet("partition", 0);
            strategy.obj("rollingUpdate").remove("maxUnavailable"); // not served: its gate is off
        }
        Obj retention = spec.child("persistentVolumeClaimRetentionPolicy");
        Zeros.drop(retention, "whenDeleted", "whenScaled");
        retention.orSet("whenDeleted", "Retain").orSet("whenScaled", "Retain");
        spec.orSet("replicas", 1);
        spec.orSet("revisionHistoryLimit", 10);
        for (Obj claim : spec.list("volumeClaimTemplates")) {
            claim.orSet("apiVersion", "v1").orSet("kind", "PersistentVolumeClaim");
            VolumeDefaults.claim(claim.child("spec"));
            claim.child("status").orSet("phase", "Pending");
        }
    }

    private static void describe(Obj set, Describe out, Related related) {
        Parts.name(set, out);
        out.field("CreationTimestamp", Parts.time(set, "metadata.creationTimestamp"));
        String selector = Cells.selectorText(set.obj("spec.selector"));
        out.field("Selector", selector);
        Parts.metadata(set, out);
        out.field("Replicas", set.number("spec.replicas") + " desired | " + set.number("status.replicas") + " total");
        out.field("Update Strategy", set.text("spec.updateStrategy.type"));
        if (set.has("spec.updateStrategy.rollingUpdate.partition")) {
            out.field(1, "Partition", set.text("spec.updateStrategy.rollingUpdate.partition"));
            if (set.has("spec.updateStrategy.rollingUpdate.maxUnavailable")) {
                out.field(1, "MaxUnavailable", set.text("spec.updateStrategy.rollingUpdate.maxUnavailable"));
            }
        }
        out.field("Pods Status", TemplateParts.podsStatus(set, selector, related));
        TemplateParts.write(set.obj("spec.template"), out);
        ClaimParts.templates(set.list("spec.volumeClaimTemplates"), out);
        Parts.events(set, out, related);
    }
}
