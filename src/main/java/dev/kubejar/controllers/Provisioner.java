package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Volumes;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.List;
import java.util.function.Consumer;

/**
 * The provisioner of the full profile's default class: makes a folder on the chosen node a volume, deletes released
 * volumes of its own, and grows those whose claims ask for more.
 */
final class Provisioner extends Controller {
    static final String NAME = "rancher.io/local-path";
    /** Set to {@code any} on a class that stands for another provisioner's, which may serve every access mode. */
    private static final String ACCESS_MODES = "kubejar.dev/access-modes";

    Provisioner(ActorContext context) {
        super(context, "local-path-provisioner", "persistent-volume-binder", NAME);
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.PERSISTENTVOLUMECLAIMS) && !change.deleted()
                || change.of(Resources.PERSISTENTVOLUMES) && !change.deleted()) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj object = client.find(ref).orElse(null);
        if (object == null || object.deleting()) {
            return Outcome.done();
        }
        if (ref.resource().equals(Resources.PERSISTENTVOLUMES)) {
            reclaim(object);
        } else if (object.text("spec.volumeName").isEmpty()) {
            provision(object);
        } else {
            grow(object);
        }
        return Outcome.done();
    }

    private void reclaim(Obj volume) {
        if (volume.annotation(VolumeBinder.PROVISIONED_BY).equals(NAME)
                && volume.text("status.phase").equals("Released")
                && volume.text("spec.persistentVolumeReclaimPolicy").equals("Delete")) {
            client.delete(Ref.of(Resources.PERSISTENTVOLUMES, volume));
        }
    }

    private void provision(Obj claim) {
        if (!claim.annotation(VolumeBinder.PROVISIONER).equals(NAME) || LoadBalancers.bare(context)) {
            return;
        }
        Obj storage = client.find(Resources.STORAGECLASSES, "", claim.text("spec.storageClassName"))
                .orElse(null);
        String node = claim.annotation(VolumeBinder.SELECTED_NODE);
        if (storage == null
                || node.isEmpty() && storage.text("volumeBindingMode").equals("WaitForFirstConsumer")) {
            return;
        }
        if (!storage.annotation(ACCESS_MODES).equals("any")
                && !claim.texts("spec.accessModes").stream().allMatch(mode -> mode.startsWith("ReadWriteOnce"))) {
            events.warning(
                    claim,
                    "ProvisioningFailed",
                    "failed to provision volume with StorageClass \"" + storage.name() + "\": NodePath only supports"
                            + " ReadWriteOnce and ReadWriteOncePod (1.22+) access modes");
            return;
        }
        String name = "pvc-" + claim.uid();
        String whose = claim.namespace() + "/" + claim.name();
        events.normal(claim, "Provisioning", "External provisioner is provisioning volume for claim \"" + whose + "\"");
        try {
            client.create(Resources.PERSISTENTVOLUMES, volume(claim, storage, name, node));
        } catch (ApiError e) {
            if (!e.is("AlreadyExists")) {
                throw e;
            }
        }
        events.normal(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + name);
    }

    private static Obj volume(Obj claim, Obj storage, String name, String node) {
        Obj volume = Obj.create("v1", "PersistentVolume", "", name)
                .setAnnotation(VolumeBinder.PROVISIONED_BY, NAME)
                .set("spec.capacity.storage", claim.text("spec.resources.requests.storage"))
                .setTexts("spec.accessModes", claim.texts("spec.accessModes"))
                .set(
                        "spec.hostPath.path",
                        "/opt/local-path-provisioner/" + name + "_" + claim.namespace() + "_" + claim.name())
                .set("spec.hostPath.type", "DirectoryOrCreate")
                .set("spec.persistentVolumeReclaimPolicy", storage.text("reclaimPolicy", "Delete"))
                .set("spec.storageClassName", storage.name())
                .set("spec.volumeMode", claim.text("spec.volumeMode", "Filesystem"));
        volume.set(
                "spec.claimRef",
                Obj.create()
                        .set("kind", "PersistentVolumeClaim")
                        .set("namespace", claim.namespace())
                        .set("name", claim.name())
                        .set("uid", claim.uid())
                        .set("apiVersion", "v1")
                        .set("resourceVersion", claim.resourceVersion()));
        if (!node.isEmpty()) {
            volume.setAnnotation("local.path.provisioner/selected-node", node);
            Obj rule = Obj.create().set("key", "kubernetes.io/hostname").set("operator", "In");
            rule.setTexts("values", List.of(node));
            volume.set(
                    "spec.nodeAffinity.required.nodeSelectorTerms",
                    List.of(Obj.create().set("matchExpressions", List.of(rule))));
        }
        return volume;
    }

    /** Gives a claim that asks for more what it asks for, or says who would have to. */
    private void grow(Obj claim) {
        Quantity has = Quantity.of(claim.at("status.capacity.storage"));
        if (!claim.text("status.phase").equals("Bound") || Volumes.asked(claim).compareTo(has) <= 0) {
            return;
        }
        Obj volume = client.find(Resources.PERSISTENTVOLUMES, "", claim.text("spec.volumeName"))
                .orElse(null);
        if (volume == null) {
            return;
        }
        if (!volume.annotation(VolumeBinder.PROVISIONED_BY).equals(NAME)) {
            context.recorder(client, "volume_expand")
                    .normal(claim, "ExternalExpanding", "waiting for an external controller to expand this PVC");
            return;
        }
        String wanted = claim.text("spec.resources.requests.storage");
        var resizer = context.recorder(client, "external-resizer " + NAME);
        resizer.normal(claim, "Resizing", "External resizer is resizing volume " + volume.name());
        if (Volumes.capacity(volume).compareTo(Volumes.asked(claim)) < 0) {
            client.update(Resources.PERSISTENTVOLUMES, volume.copy().set("spec.capacity.storage", wanted));
        }
        writeStatus(Resources.PERSISTENTVOLUMECLAIMS, claim, claim.copy().set("status.capacity.storage", wanted));
        events.normal(
                claim,
                "FileSystemResizeSuccessful",
                "MountVolume.NodeExpandVolume succeeded for volume \"" + volume.name() + "\"");
    }
}
