package dev.kubejar.client;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;

/** Which volumes a claim may be bound to: scheduler and binder must agree. */
public final class Volumes {
    private Volumes() {}

    /** Whether a volume that nobody has is large and able enough for a claim, or is kept for it. */
    public static boolean satisfies(Obj volume, Obj claim) {
        if (volume.has("spec.claimRef")) {
            return boundTo(volume, claim) && fits(volume, claim);
        }
        return volume.text("status.phase", "Available").equals("Available") && fits(volume, claim);
    }

    private static boolean fits(Obj volume, Obj claim) {
        return !volume.deleting()
                && capacity(volume).compareTo(asked(claim)) >= 0
                && volume.text("spec.storageClassName").equals(claim.text("spec.storageClassName"))
                && volume.text("spec.volumeMode", "Filesystem").equals(claim.text("spec.volumeMode", "Filesystem"))
                && volume.text("spec.volumeAttributesClassName").equals(claim.text("spec.volumeAttributesClassName"))
                && volume.texts("spec.accessModes").containsAll(claim.texts("spec.accessModes"))
                && (!claim.has("spec.selector")
                        || Selector.at(claim, "spec.selector").matches(volume));
    }

    /** Whether a volume's claimRef means this claim: by name, and by UID where it has one. */
    public static boolean boundTo(Obj volume, Obj claim) {
        Obj reference = volume.obj("spec.claimRef");
        return reference.text("name").equals(claim.name())
                && reference.text("namespace").equals(claim.namespace())
                && (reference.text("uid").isEmpty() || reference.text("uid").equals(claim.uid()));
    }

    public static Quantity capacity(Obj volume) {
        return Quantity.of(volume.at("spec.capacity.storage"));
    }

    public static Quantity asked(Obj claim) {
        return Quantity.of(claim.at("spec.resources.requests.storage"));
    }

    /** Whether one volume is to be preferred for its size; of equals the one whose name is first. */
    public static boolean smaller(Obj a, Obj b) {
        int order = capacity(a).compareTo(capacity(b));
        return order < 0 || order == 0 && a.name().compareTo(b.name()) < 0;
    }
}
