package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;

/** Volumes, claims and attribute classes get a finalizer that holds them while they are used. */
final class StorageObjectInUseProtection implements Admission {
    private static final GroupVersionResource ATTRIBUTES =
            GroupVersionResource.of("storage.k8s.io/v1", "volumeattributesclasses");

    @Override
    public void admit(Attributes request) {
        if (!request.creates()) {
            return;
        }
        if (request.about(Resources.PERSISTENTVOLUMES)) {
            protect(request, "kubernetes.io/pv-protection");
        } else if (request.about(Resources.PERSISTENTVOLUMECLAIMS)) {
            protect(request, "kubernetes.io/pvc-protection");
        } else if (request.about(ATTRIBUTES)) {
            protect(request, "kubernetes.io/vac-protection");
        }
    }

    private static void protect(Attributes request, String finalizer) {
        if (!request.object().texts("metadata.finalizers").contains(finalizer)) {
            request.object().add("metadata.finalizers", Json.NODES.textNode(finalizer));
        }
    }
}
