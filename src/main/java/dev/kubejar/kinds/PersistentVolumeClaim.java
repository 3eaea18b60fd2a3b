package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.ClaimParts;
import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.pod.Canonical;
import dev.kubejar.kinds.pod.VolumeDefaults;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** PersistentVolumeClaim (v1). */
final class PersistentVolumeClaim {
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    private PersistentVolumeClaim() {}

    static Kind build() {
        return KindTable.start("v1", "PersistentVolumeClaim")
                .nameColumn()
                .column("Status", claim -> claim.deleting() ? "Terminating" : claim.text("status.phase"))
                .column("Volume", claim -> claim.text("spec.volumeName"))
                .column("Capacity", PersistentVolumeClaim::capacity)
                .column("Access Modes", PersistentVolumeClaim::accessModes)
                .column("StorageClass", ClaimParts::storageClass)
                .column("VolumeAttributesClass", claim -> claim.text("spec.volumeAttributesClassName", "<unset>"))
                .ageColumn()
                .wide("VolumeMode", claim -> claim.text("spec.volumeMode", "<unset>"))
                .nameRule(Names::subdomain)
                .defaults(PersistentVolumeClaim::defaults)
                .prepareCreate(PersistentVolumeClaim::prepareCreate)
                .prepareUpdate(PersistentVolumeClaim::prepareUpdate)
                .rule(VolumeRules::claim)
                .describe(PersistentVolumeClaim::describe)
                .build();
    }

    private static String capacity(Obj claim) {
        boolean bound = !claim.text("spec.volumeName").isEmpty();
        return bound ? Quantity.of(claim.at("status.capacity.storage")).toString() : "";
    }

    private static String accessModes(Obj claim) {
        boolean bound = !claim.text("spec.volumeName").isEmpty();
        return bound ? ClaimParts.accessModes(claim.texts("status.accessModes")) : "";
    }

    private static void defaults(Obj claim) {
        if (claim.text("status.phase").isEmpty()) {
            claim.set("status.phase", "Pending");
        }
        VolumeDefaults.claim(claim.child("spec"));
        Canonical.quantities(claim, "status.capacity");
    }

    /** A data source and its newer twin are one where both may be. */
    private static void prepareCreate(Obj claim) {
        claim.set("status", Obj.create().set("phase", "Pending"));
        Obj spec = claim.obj("spec");
        if (spec.has("dataSourceRef") && !spec.text("dataSourceRef.namespace").isEmpty()) {
            spec.obj("dataSourceRef").remove("namespace"); // not served: its gate is off
        }
        sources(spec, false);
    }

    private static void prepareUpdate(Obj claim, Obj before) {
        Workloads.keepStatus(claim, before);
        sources(claim.obj("spec"), before.has("spec.dataSource") || before.has("spec.dataSourceRef"));
    }

    /** Of old clients' sources only claims and snapshots count; then each of the two fields fills the other. */
    private static void sources(Obj spec, boolean had) {
        Obj source = spec.obj("dataSource");
        boolean claim = source.text("kind").equals("PersistentVolumeClaim")
                && source.text("apiGroup").isEmpty();
        boolean snapshot = source.text("kind").equals("VolumeSnapshot")
                && source.text("apiGroup").equals("snapshot.storage.k8s.io");
        if (!had && !spec.has("dataSourceRef") && !claim && !snapshot) {
            spec.remove("dataSource");
        }
        if (spec.has("dataSource") && !spec.has("dataSourceRef")) {
            spec.set("dataSourceRef", spec.obj("dataSource").copy());
        } else if (spec.has("dataSourceRef") && !spec.has("dataSource")) {
            spec.set("dataSource", spec.obj("dataSourceRef").copy());
        }
    }

    private static void describe(Obj claim, Describe out, Related related) {
        Parts.name(claim, out);
        out.field("StorageClass", ClaimParts.storageClass(claim));
        out.field(
                "Status",
                claim.deleting()
                        ? "Terminating (lasts " + Times.since(claim.time("metadata.deletionTimestamp"), related.now())
                                + ")"
                        : claim.text("status.phase"));
        ClaimParts.common(claim, true, out);
        Parts.lines("Used By", users(claim, related), out);
        List<Obj> conditions = claim.list("status.conditions");
        if (!conditions.isEmpty()) {
            out.line(0, "Conditions:");
            out.line(1, "Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage");
            out.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
            for (Obj c : conditions) {
                out.line(
                        1,
                        c.text("type") + " \t" + c.text("status") + " \t" + Parts.time(c, "lastProbeTime") + " \t"
                                + Parts.time(c, "lastTransitionTime") + " \t" + c.text("reason") + " \t"
                                + c.text("message"));
            }
        }
        Parts.events(claim, out, related);
    }

    private static List<String> users(Obj claim, Related related) {
        TreeSet<String> users = new TreeSet<>();
        for (Obj pod : related.list(PODS, claim.namespace(), "", "")) {
            for (Obj volume : pod.list("spec.volumes")) {
                if (volume.text("persistentVolumeClaim.claimName").equals(claim.name())) {
                    users.add(pod.name());
                }
            }
            for (Obj owner : claim.list("metadata.ownerReferences")) {
                if (owner.text("kind").equals("Pod") && owner.text("uid").equals(pod.uid())) {
                    users.add(pod.name());
                }
            }
        }
        return new ArrayList<>(users);
    }
}
