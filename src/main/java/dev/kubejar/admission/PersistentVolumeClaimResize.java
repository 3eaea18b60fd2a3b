package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;

/** A claim grows only while it is bound, and only where its storage class allows expansion. */
final class PersistentVolumeClaimResize implements Admission {
    private static final String SIZE = "spec.resources.requests.storage";
    private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

    @Override
    public void validate(Attributes request) {
        if (!request.updates() || !request.about(Resources.PERSISTENTVOLUMECLAIMS)) {
            return;
        }
        Obj claim = request.object();
        Obj before = request.before();
        if (!claim.has(SIZE)
                || before.has(SIZE) && Quantity.of(claim.at(SIZE)).compareTo(Quantity.of(before.at(SIZE))) <= 0) {
            return;
        }
        if (!before.text("status.phase").equals("Bound")) {
            throw request.forbidden("Only bound persistent volume claims can be expanded");
        }
        if (!expandable(request, claim, before)) {
            throw request.forbidden("only dynamically provisioned pvc can be resized and the storageclass that"
                    + " provisions the pvc must support resize");
        }
    }

    private static boolean expandable(Attributes request, Obj claim, Obj before) {
        String name = storageClass(claim);
        if (name.isEmpty() || !name.equals(storageClass(before))) {
            return false;
        }
        Obj found = request.reader().find(Resources.STORAGECLASSES, "", name);
        return found != null && found.bool("allowVolumeExpansion");
    }

    private static String storageClass(Obj claim) {
        return claim.map("metadata.annotations").getOrDefault(BETA_CLASS, claim.text("spec.storageClassName"));
    }
}
