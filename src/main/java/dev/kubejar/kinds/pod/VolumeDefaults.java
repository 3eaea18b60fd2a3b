package dev.kubejar.kinds.pod;

import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.List;

/** What the server fills into a pod's volumes; persistent volumes share the defaults of their sources. */
public final class VolumeDefaults {
    private static final int FILE_MODE = 0644;

    private VolumeDefaults() {}

    static void volume(Obj volume) {
        if (volume.node().size() <= 1 && (volume.isEmpty() || volume.has("name")) || !hasSource(volume)) {
            volume.set("emptyDir", Json.object());
        }
        for (String source : List.of("secret", "configMap", "downwardAPI", "projected")) {
            if (volume.has(source)) {
                volume.obj(source).orSet("defaultMode", FILE_MODE);
            }
        }
        fieldRefs(volume.obj("downwardAPI"));
        for (Obj source : volume.list("projected.sources")) {
            fieldRefs(source.obj("downwardAPI"));
            if (source.has("serviceAccountToken")) {
                source.obj("serviceAccountToken").orSet("expirationSeconds", 3600);
            }
            // Not served: the gates of these sources are off.
            source.remove("clusterTrustBundle").remove("podCertificate");
        }
        if (volume.has("image") && volume.text("image.pullPolicy").isEmpty()) {
            volume.set("image.pullPolicy", PodDefaults.pullPolicy(volume.text("image.reference")));
        }
        if (volume.has("ephemeral.volumeClaimTemplate")) {
            claim(volume.obj("ephemeral.volumeClaimTemplate").child("spec"));
        }
        Canonical.quantity(volume, "emptyDir.sizeLimit");
        sources(volume);
    }

    private static boolean hasSource(Obj volume) {
        for (String field : (Iterable<String>) volume.node()::fieldNames) {
            if (!field.equals("name") && volume.node().hasNonNull(field)) {
                return true;
            }
        }
        return false;
    }

    private static void fieldRefs(Obj downward) {
        for (Obj item : downward.list("items")) {
            if (item.has("fieldRef") && item.text("fieldRef.apiVersion").isEmpty()) {
                item.set("fieldRef.apiVersion", "v1");
            }
            if (item.has("resourceFieldRef")) {
                item.obj("resourceFieldRef").orSet("divisor", "0");
            }
        }
    }

    /** Defaults of a claim's specification. */
    public static void claim(Obj spec) {
        spec.orSet("volumeMode", "Filesystem");
        if (!spec.has("resources")) {
            spec.set("resources", Json.object());
        }
        Canonical.quantities(spec, "resources.limits");
        Canonical.quantities(spec, "resources.requests");
    }

    /** Defaults of the sources that pods' and persistent volumes have in common. */
    public static void sources(Obj volume) {
        if (volume.has("hostPath")) {
            volume.obj("hostPath").orSet("type", "");
        }
        text(volume, "iscsi", "iscsiInterface", "default");
        text(volume, "rbd", "pool", "rbd");
        text(volume, "rbd", "user", "admin");
        text(volume, "rbd", "keyring", "/etc/ceph/keyring");
        text(volume, "scaleIO", "storageMode", "ThinProvisioned");
        text(volume, "scaleIO", "fsType", "xfs");
        if (volume.has("azureDisk")) {
            volume.obj("azureDisk")
                    .orSet("cachingMode", "ReadWrite")
                    .orSet("fsType", "ext4")
                    .orSet("readOnly", false)
                    .orSet("kind", "Shared");
        }
    }

    private static void text(Obj volume, String source, String field, String value) {
        if (volume.has(source) && volume.obj(source).text(field).isEmpty()) {
            volume.obj(source).set(field, value);
        }
    }
}
