package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;

/** A claim that names no storage class gets the default one. */
final class DefaultStorageClass implements Admission {
    @Override
    public void admit(Attributes request) {
        if (!request.creates() || !request.about(Resources.PERSISTENTVOLUMECLAIMS)) {
            return;
        }
        Obj claim = request.object();
        if (claim.has("spec.storageClassName")
                || claim.annotations().containsKey("volume.beta.kubernetes.io/storage-class")) {
            return;
        }
        String name = DefaultClasses.of(
                request.reader().list(Resources.STORAGECLASSES, ""),
                "storageclass.kubernetes.io/is-default-class",
                "storageclass.beta.kubernetes.io/is-default-class");
        if (name != null) {
            claim.set("spec.storageClassName", name);
        }
    }
}
