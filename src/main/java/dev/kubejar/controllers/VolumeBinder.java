package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Volumes;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Binds claims to volumes that fit them, keeps both sides' phases, and reclaims volumes whose claim is gone. */
final class VolumeBinder extends Controller {
    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    static final String BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
    static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String BETA_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    /** Claims that wait for a volume, and volumes that wait for a claim, by class. */
    private static final String WAITING = "/machine/claims-waiting/";

    private static final String FREE = "/machine/volumes-free/";

    private final VolumeReclaim reclaim;

    VolumeBinder(ActorContext context) {
        super(context, "persistentvolume-controller", "persistent-volume-binder", "persistentvolume-controller");
        reclaim = new VolumeReclaim(client, events, clock);
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.PERSISTENTVOLUMES) || change.of(Resources.PERSISTENTVOLUMECLAIMS)) {
            wake.accept(change.ref());
            Obj object = change.object();
            if (change.of(Resources.PERSISTENTVOLUMES)) {
                for (Obj side : new Obj[] {change.before(), change.after()}) {
                    if (side != null && side.has("spec.claimRef")) {
                        wake.accept(new Ref(
                                Resources.PERSISTENTVOLUMECLAIMS,
                                side.text("spec.claimRef.namespace"),
                                side.text("spec.claimRef.name")));
                    }
                }
            } else if (!object.text("spec.volumeName").isEmpty()) {
                wake.accept(new Ref(Resources.PERSISTENTVOLUMES, "", object.text("spec.volumeName")));
            }
        } else if (change.of(Resources.STORAGECLASSES) && !change.deleted()) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj object = client.find(ref).orElse(null);
        if (ref.resource().equals(Resources.PERSISTENTVOLUMES)) {
            if (object == null) {
                forget(FREE, ref.name());
            } else {
                volume(object);
            }
        } else if (ref.resource().equals(Resources.STORAGECLASSES)) {
            waiting();
        } else if (object == null) {
            forget(WAITING, ref.key());
        } else {
            claim(object);
        }
        return Outcome.done();
    }

    private void forget(String set, String key) {
        if (context.memory().get(set + key) != null) {
            context.memory().delete(set + key);
        }
    }

    private void remember(String set, String key) {
        if (context.memory().get(set + key) == null) {
            context.memory().put(set + key, new byte[0]);
        }
    }

    private List<String> remembered(String set) {
        List<String> keys = new ArrayList<>();
        context.memory().scan(set, (key, value) -> keys.add(key.substring(set.length())));
        return keys;
    }

    /** Looks at all claims that wait. */
    private void waiting() {
        for (String key : remembered(WAITING)) {
            client.find(Ref.parse(key)).ifPresent(this::claim);
        }
    }

    private void volume(Obj volume) {
        if (!volume.has("spec.claimRef") || volume.text("spec.claimRef.uid").isEmpty()) {
            reclaim.phase(volume, "Available", "");
            if (!volume.deleting()) {
                remember(FREE, volume.name());
                waiting();
            }
            return;
        }
        forget(FREE, volume.name());
        Obj claim = client.find(
                        Resources.PERSISTENTVOLUMECLAIMS,
                        volume.text("spec.claimRef.namespace"),
                        volume.text("spec.claimRef.name"))
                .filter(found -> found.uid().equals(volume.text("spec.claimRef.uid")))
                .orElse(null);
        if (claim == null) {
            reclaim.release(volume);
        } else if (claim.text("spec.volumeName").equals(volume.name())) {
            reclaim.phase(volume, "Bound", "");
        } else if (!claim.text("spec.volumeName").isEmpty()) {
            reclaim.abandoned(volume);
        } else if (!claim.deleting()) {
            bind(volume, claim, true); // the scheduler has chosen the volume
        }
    }

    private void claim(Obj claim) {
        if (claim.annotations().containsKey(BIND_COMPLETED)) {
            forget(WAITING, Ref.of(Resources.PERSISTENTVOLUMECLAIMS, claim).key());
            completed(claim);
        } else if (claim.text("spec.volumeName").isEmpty()) {
            unbound(claim);
        } else {
            requested(claim);
        }
    }

    private void unbound(Obj claim) {
        Obj storage = storageClass(claim);
        boolean delayed = storage != null
                && storage.text("volumeBindingMode").equals("WaitForFirstConsumer")
                && claim.annotation(SELECTED_NODE).isEmpty();
        Obj volume = match(claim, delayed);
        if (volume != null) {
            bind(volume, claim, true);
            return;
        }
        remember(WAITING, Ref.of(Resources.PERSISTENTVOLUMECLAIMS, claim).key());
        Obj current = withDefaultClass(claim);
        if (!current.text("spec.storageClassName").equals(claim.text("spec.storageClassName"))) {
            claim(current);
            return;
        }
        if (delayed) {
            tellWhoIsAwaited(claim);
        } else if (!claim.text("spec.storageClassName").isEmpty()) {
            current = provision(claim, storage);
        } else {
            events.normal(
                    claim,
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
        }
        pending(current);
    }

    private Obj storageClass(Obj claim) {
        String name = claim.text("spec.storageClassName");
        return name.isEmpty()
                ? null
                : client.find(Resources.STORAGECLASSES, "", name).orElse(null);
    }

    /** The volume that is kept for the claim, or else the smallest free one that fits. */
    private Obj match(Obj claim, boolean keptOnly) {
        Obj best = null;
        for (String name : remembered(FREE)) {
            Obj volume = client.find(Resources.PERSISTENTVOLUMES, "", name).orElse(null);
            if (volume == null || !Volumes.satisfies(volume, claim)) {
                continue;
            }
            if (volume.has("spec.claimRef")) {
                return volume;
            }
            if (!keptOnly && (best == null || Volumes.smaller(volume, best))) {
                best = volume;
            }
        }
        return best;
    }

    /** A claim without a class gets the default one, the newest of several. */
    private Obj withDefaultClass(Obj claim) {
        if (claim.has("spec.storageClassName")
                || claim.annotations().containsKey("volume.beta.kubernetes.io/storage-class")) {
            return claim;
        }
        Obj best = null;
        for (Obj storage : client.list(Resources.STORAGECLASSES, "")) {
            boolean newer = best == null
                    || storage.text("metadata.creationTimestamp").compareTo(best.text("metadata.creationTimestamp"))
                            > 0;
            if (storage.annotation(DEFAULT_CLASS).equals("true") && newer) {
                best = storage;
            }
        }
        return best == null
                ? claim
                : client.update(
                        Resources.PERSISTENTVOLUMECLAIMS, claim.copy().set("spec.storageClassName", best.name()));
    }

    private void tellWhoIsAwaited(Obj claim) {
        TreeSet<String> pods = new TreeSet<>();
        for (Obj pod : client.list(Resources.PODS, claim.namespace())) {
            boolean uses = pod.list("spec.volumes").stream()
                    .anyMatch(v -> v.text("persistentVolumeClaim.claimName").equals(claim.name())
                            || v.has("ephemeral") && (pod.name() + "-" + v.text("name")).equals(claim.name()));
            if (uses && pod.text("spec.nodeName").isEmpty() && !Pods.terminal(pod)) {
                pods.add(pod.name());
            }
        }
        if (pods.isEmpty()) {
            events.normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        } else {
            events.normal(
                    claim,
                    "WaitForPodScheduled",
                    "waiting for pod" + (pods.size() > 1 ? "s " : " ") + String.join(",", pods) + " to be scheduled");
        }
    }

    private Obj provision(Obj claim, Obj storage) {
        if (storage == null) {
            events.warning(
                    claim,
                    "ProvisioningFailed",
                    "storageclass.storage.k8s.io \"" + claim.text("spec.storageClassName") + "\" not found");
            return claim;
        }
        String provisioner = storage.text("provisioner");
        if (provisioner.startsWith("kubernetes.io/")) {
            events.warning(claim, "ProvisioningFailed", "no volume plugin matched name: " + provisioner);
            return claim;
        }
        Obj current = claim;
        if (!claim.annotation(PROVISIONER).equals(provisioner)) {
            Obj patch =
                    Obj.create().setAnnotation(BETA_PROVISIONER, provisioner).setAnnotation(PROVISIONER, provisioner);
            current = client.merge(Ref.of(Resources.PERSISTENTVOLUMECLAIMS, claim), patch.node());
        }
        events.normal(
                claim,
                "ExternalProvisioning",
                "Waiting for a volume to be created either by the external provisioner '" + provisioner
                        + "' or manually by the system administrator. If volume creation is delayed, please verify that"
                        + " the provisioner is running and correctly registered.");
        return current;
    }

    /** The claim names its volume itself. */
    private void requested(Obj claim) {
        Obj volume = client.find(Resources.PERSISTENTVOLUMES, "", claim.text("spec.volumeName"))
                .orElse(null);
        if (volume == null) {
            remember(WAITING, Ref.of(Resources.PERSISTENTVOLUMECLAIMS, claim).key());
            pending(claim);
        } else if (!volume.has("spec.claimRef")) {
            String mismatch = mismatch(volume, claim);
            if (mismatch.isEmpty()) {
                bind(volume, claim, false);
            } else {
                events.warning(
                        claim,
                        "VolumeMismatch",
                        "Cannot bind to requested volume \"" + volume.name() + "\": " + mismatch);
                pending(claim);
            }
        } else if (Volumes.boundTo(volume, claim)) {
            bind(volume, claim, false);
        } else {
            events.warning(
                    claim, "FailedBinding", "volume \"" + volume.name() + "\" already bound to a different claim.");
            pending(claim);
        }
    }

    /** Why a volume does not satisfy a claim; empty where it does. */
    private static String mismatch(Obj volume, Obj claim) {
        if (volume.deleting()) {
            return "the volume is marked for deletion \"" + volume.name() + "\"";
        }
        if (Volumes.capacity(volume).compareTo(Volumes.asked(claim)) < 0) {
            return "requested PV is too small";
        }
        if (!volume.text("spec.storageClassName").equals(claim.text("spec.storageClassName"))) {
            return "storageClassName does not match";
        }
        if (!volume.text("spec.volumeMode", "Filesystem").equals(claim.text("spec.volumeMode", "Filesystem"))) {
            return "incompatible volumeMode";
        }
        if (!volume.texts("spec.accessModes").containsAll(claim.texts("spec.accessModes"))) {
            return "incompatible accessMode";
        }
        return "";
    }

    /** Both sides of a binding, step by step; each step is passed over where it is done already. */
    private void bind(Obj volume, Obj claim, boolean byController) {
        Obj reference = Obj.create()
                .set("kind", "PersistentVolumeClaim")
                .set("namespace", claim.namespace())
                .set("name", claim.name())
                .set("uid", claim.uid())
                .set("apiVersion", "v1")
                .set("resourceVersion", claim.resourceVersion());
        Obj bound = volume;
        if (!volume.text("spec.claimRef.uid").equals(claim.uid())) {
            Obj changed = volume.copy();
            if (!volume.has("spec.claimRef")) {
                changed.setAnnotation(BY_CONTROLLER, "yes");
            }
            bound = client.update(Resources.PERSISTENTVOLUMES, changed.set("spec.claimRef", reference));
        }
        forget(FREE, volume.name());
        reclaim.phase(bound, "Bound", "");
        Obj changed = claim.copy();
        if (!claim.text("spec.volumeName").equals(volume.name())) {
            changed.set("spec.volumeName", volume.name());
            if (byController) {
                changed.setAnnotation(BY_CONTROLLER, "yes");
            }
        }
        changed.setAnnotation(BIND_COMPLETED, "yes");
        Obj stored = client.update(Resources.PERSISTENTVOLUMECLAIMS, changed);
        forget(WAITING, Ref.of(Resources.PERSISTENTVOLUMECLAIMS, claim).key());
        boundStatus(stored, volume);
    }

    private void boundStatus(Obj claim, Obj volume) {
        Obj status = claim.copy()
                .set("status.phase", "Bound")
                .setTexts("status.accessModes", volume.texts("spec.accessModes"));
        if (!claim.has("status.capacity")) {
            status.set("status.capacity", volume.map("spec.capacity"));
        }
        writeStatus(Resources.PERSISTENTVOLUMECLAIMS, claim, status);
    }

    private void pending(Obj claim) {
        Obj status = claim.copy().set("status.phase", "Pending");
        status.remove("status.accessModes").remove("status.capacity");
        writeStatus(Resources.PERSISTENTVOLUMECLAIMS, claim, status);
    }

    private void completed(Obj claim) {
        String name = claim.text("spec.volumeName");
        Obj volume = name.isEmpty()
                ? null
                : client.find(Resources.PERSISTENTVOLUMES, "", name).orElse(null);
        if (volume == null) {
            loseClaim(
                    claim,
                    "ClaimLost",
                    name.isEmpty()
                            ? "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!"
                            : "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        } else if (!volume.has("spec.claimRef") || Volumes.boundTo(volume, claim)) {
            if (!volume.text("spec.claimRef.uid").equals(claim.uid())
                    || !claim.text("status.phase").equals("Bound")) {
                bind(volume, claim, true);
            }
        } else {
            loseClaim(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
        }
    }

    private void loseClaim(Obj claim, String reason, String message) {
        if (claim.text("status.phase").equals("Lost")) {
            return;
        }
        Obj status = claim.copy().set("status.phase", "Lost");
        status.remove("status.accessModes").remove("status.capacity");
        events.warning(writeStatus(Resources.PERSISTENTVOLUMECLAIMS, claim, status), reason, message);
    }
}
