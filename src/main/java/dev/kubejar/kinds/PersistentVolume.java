package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.ClaimParts;
import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.VolumeParts;
import dev.kubejar.kinds.pod.Canonical;
import dev.kubejar.kinds.pod.VolumeDefaults;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;
import java.util.List;
import java.util.Locale;

/** PersistentVolume (v1). */
final class PersistentVolume {
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";

    private PersistentVolume() {}

    static Kind build() {
        return KindTable.start("v1", "PersistentVolume")
                .nameColumn()
                .column("Capacity", pv -> Quantity.of(pv.at("spec.capacity.storage"))
                        .toString())
                .column("Access Modes", pv -> ClaimParts.accessModes(pv.texts("spec.accessModes")))
                .column("Reclaim Policy", pv -> pv.text("spec.persistentVolumeReclaimPolicy"))
                .column("Status", pv -> pv.deleting() ? "Terminating" : pv.text("status.phase"))
                .column("Claim", PersistentVolume::claim)
                .column("StorageClass", PersistentVolume::storageClass)
                .column("VolumeAttributesClass", pv -> pv.text("spec.volumeAttributesClassName", "<unset>"))
                .column("Reason", pv -> pv.text("status.reason"))
                .ageColumn()
                .wide("VolumeMode", pv -> pv.text("spec.volumeMode", "<unset>"))
                .nameRule(Names::subdomain)
                .defaults(PersistentVolume::defaults)
                .prepareCreate(pv -> pv.set("status", Obj.create().set("phase", "Pending")))
                .prepareUpdate(Workloads::keepStatus)
                .rule(VolumeRules::volume)
                .rule(VolumeWarnings::volume)
                .describe(PersistentVolume::describe)
                .build();
    }

    static String storageClass(Obj pv) {
        return pv.annotations().containsKey(CLASS) ? pv.annotation(CLASS) : pv.text("spec.storageClassName");
    }

    private static String claim(Obj pv) {
        return pv.has("spec.claimRef") ? pv.text("spec.claimRef.namespace") + "/" + pv.text("spec.claimRef.name") : "";
    }

    private static void defaults(Obj pv) {
        if (!pv.has("status.phase")) {
            pv.set("status.phase", "Pending");
        }
        Obj spec = pv.child("spec");
        if (spec.text("persistentVolumeReclaimPolicy").isEmpty()) {
            spec.set("persistentVolumeReclaimPolicy", "Retain");
        }
        spec.orSet("volumeMode", "Filesystem");
        Canonical.quantities(spec, "capacity");
        VolumeDefaults.sources(spec);
    }

    private static void describe(Obj pv, Describe out, Related related) {
        out.field("Name", pv.name());
        Parts.metadata(pv, out);
        out.field("Finalizers", Parts.slice(pv.texts("metadata.finalizers")));
        out.field("StorageClass", storageClass(pv));
        String lasts = pv.deleting()
                ? "Terminating (lasts " + Times.since(pv.time("metadata.deletionTimestamp"), related.now()) + ")"
                : pv.text("status.phase");
        out.field("Status", lasts);
        out.field("Claim", claim(pv));
        out.field("Reclaim Policy", pv.text("spec.persistentVolumeReclaimPolicy"));
        out.field("Access Modes", ClaimParts.accessModes(pv.texts("spec.accessModes")));
        if (pv.has("spec.volumeMode")) {
            out.field("VolumeMode", pv.text("spec.volumeMode"));
        }
        out.field("Capacity", Quantity.of(pv.at("spec.capacity.storage")).toString());
        affinity(pv, out);
        out.field("Message", pv.text("status.message"));
        out.line(0, "Source:");
        VolumeParts.source(pv.obj("spec"), out);
        Parts.events(pv, out, related);
    }

    private static void affinity(Obj pv, Describe out) {
        if (!pv.has("spec.nodeAffinity.required")) {
            out.field("Node Affinity", "<none>");
            return;
        }
        out.field("Node Affinity", "");
        List<Obj> terms = pv.list("spec.nodeAffinity.required.nodeSelectorTerms");
        out.field(1, "Required Terms", terms.isEmpty() ? "<none>" : "");
        for (int i = 0; i < terms.size(); i++) {
            String head = "Term " + i + ":";
            List<Obj> expressions = terms.get(i).list("matchExpressions");
            if (expressions.isEmpty()) {
                out.line(2, head + "\t<none>");
            }
            for (Obj each : expressions) {
                String values = String.join(", ", each.texts("values"));
                String text = each.text("key") + " " + each.text("operator").toLowerCase(Locale.ROOT);
                out.line(2, head + "\t" + (values.isEmpty() ? text : text + " [" + values + "]"));
                head = "";
            }
        }
    }
}
