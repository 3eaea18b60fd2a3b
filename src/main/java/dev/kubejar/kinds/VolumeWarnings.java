package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodWarnings;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Problems;
import java.util.List;

/** What the server has to say of volumes and claims that it takes all the same. */
final class VolumeWarnings {
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String OPTIONS = "volume.beta.kubernetes.io/mount-options";
    private static final String INSTEAD = "attribute instead";

    private VolumeWarnings() {}

    static void volume(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        annotation(now, CLASS, "deprecated since v1.8; use \"storageClassName\" " + INSTEAD, problems);
        annotation(now, OPTIONS, "deprecated since v1.31; use \"mountOptions\" " + INSTEAD, problems);
        if (spec.text("persistentVolumeReclaimPolicy").equals("Recycle")) {
            problems.warn("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the"
                    + " recommended approach is to use dynamic provisioning.");
        }
        List<Obj> terms = spec.list("nodeAffinity.required.nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            String path = "spec.nodeAffinity.required.nodeSelectorTerms[" + i + "]";
            PodWarnings.nodeTerm(problems, path, terms.get(i), false);
        }
        source(spec, "cephfs", "cephfs", "1.28", "1.31", problems);
        source(spec, "photonPersistentDisk", "photonPersistentDisk", "1.11", "1.16", problems);
        source(spec, "scaleIO", "scaleIO", "1.16", "1.22", problems);
        source(spec, "storageos", "storageOS", "1.22", "1.25", problems);
        source(spec, "glusterfs", "glusterfs", "1.25", "1.26", problems);
        source(spec, "rbd", "rbd", "1.28", "1.31", problems);
    }

    private static void annotation(Obj now, String key, String message, Problems problems) {
        if (now.annotations().containsKey(key)) {
            problems.warn("metadata.annotations[" + key + "]: " + message);
        }
    }

    private static void source(Obj spec, String field, String shown, String since, String gone, Problems problems) {
        if (spec.has(field)) {
            problems.warn("spec." + shown + ": deprecated in v" + since + ", non-functional in v" + gone + "+");
        }
    }

    static void claim(Obj now, Problems problems) {
        annotation(now, CLASS, "deprecated since v1.8; use \"storageClassName\" " + INSTEAD, problems);
        for (String which : List.of("requests", "limits")) {
            Quantity storage = Quantity.of(now.at("spec.resources." + which + ".storage"));
            if (storage.milliValue() % 1000 != 0) {
                problems.warn("spec.resources." + which + "[storage]: fractional byte value \"" + storage
                        + "\" is invalid, must be an integer");
            }
        }
    }
}
