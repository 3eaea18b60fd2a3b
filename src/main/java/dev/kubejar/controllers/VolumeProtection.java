package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Holds back the deletion of claims that pods use, and of volumes that claims use, with finalizers. */
final class VolumeProtection extends Controller {
    private static final String CLAIM = "kubernetes.io/pvc-protection";
    private static final String VOLUME = "kubernetes.io/pv-protection";

    VolumeProtection(ActorContext context) {
        super(context, "pvc-protection-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.PERSISTENTVOLUMECLAIMS) || change.of(Resources.PERSISTENTVOLUMES)) {
            if (!change.deleted() && (change.created() || change.after().deleting())) {
                wake.accept(change.ref());
            }
        } else if (change.of(Resources.PODS) && change.deleted()) {
            for (Obj volume : change.before().list("spec.volumes")) {
                String claim = claim(change.before(), volume);
                if (!claim.isEmpty()) {
                    wake.accept(new Ref(
                            Resources.PERSISTENTVOLUMECLAIMS, change.ref().namespace(), claim));
                }
            }
        }
    }

    private static String claim(Obj pod, Obj volume) {
        return volume.has("ephemeral")
                ? pod.name() + "-" + volume.text("name")
                : volume.text("persistentVolumeClaim.claimName");
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj object = client.find(ref).orElse(null);
        if (object == null) {
            return Outcome.done();
        }
        boolean claim = ref.resource().equals(Resources.PERSISTENTVOLUMECLAIMS);
        String finalizer = claim ? CLAIM : VOLUME;
        boolean there = object.texts("metadata.finalizers").contains(finalizer);
        if (!object.deleting() && !there) {
            finalizers(ref, object, finalizer, true);
        } else if (object.deleting() && there) {
            boolean used = claim ? used(object) : object.text("status.phase").equals("Bound");
            if (!used) {
                finalizers(ref, object, finalizer, false);
            }
        }
        return Outcome.done();
    }

    private boolean used(Obj claim) {
        for (Obj pod : client.list(Resources.PODS, claim.namespace())) {
            if (pod.text("spec.nodeName").isEmpty()) {
                continue;
            }
            for (Obj volume : pod.list("spec.volumes")) {
                if (claim(pod, volume).equals(claim.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void finalizers(Ref ref, Obj object, String finalizer, boolean add) {
        List<String> all = new ArrayList<>(object.texts("metadata.finalizers"));
        if (add) {
            all.add(finalizer);
        } else {
            all.remove(finalizer);
        }
        Obj patch = Obj.create().set("metadata.uid", object.uid());
        if (all.isEmpty()) {
            patch.set("metadata.finalizers", (com.fasterxml.jackson.databind.JsonNode) Json.NODES.nullNode());
        } else {
            patch.setTexts("metadata.finalizers", all);
        }
        client.merge(ref, patch.node());
    }
}
