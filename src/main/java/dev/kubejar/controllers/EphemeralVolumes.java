package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.function.Consumer;

/** Makes the claims of pods' generic ephemeral volumes; they go with the pod that owns them. */
final class EphemeralVolumes extends Controller {
    EphemeralVolumes(ActorContext context) {
        super(context, "ephemeral-volume-controller", "ephemeral-volume-controller", "ephemeral_volume");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.PODS) && change.created() && hasEphemeral(change.after())) {
            wake.accept(change.ref());
        } else if (change.of(Resources.PERSISTENTVOLUMECLAIMS) && change.deleted()) {
            Ref pod = controllerRef(change.before(), Resources.PODS, "Pod");
            if (pod != null) {
                wake.accept(pod);
            }
        }
    }

    private static boolean hasEphemeral(Obj pod) {
        return pod.list("spec.volumes").stream().anyMatch(volume -> volume.has("ephemeral"));
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj pod = client.find(ref).orElse(null);
        if (pod == null || pod.deleting()) {
            return Outcome.done();
        }
        for (Obj volume : pod.list("spec.volumes")) {
            if (volume.has("ephemeral.volumeClaimTemplate")) {
                claim(pod, volume);
            }
        }
        return Outcome.done();
    }

    private void claim(Obj pod, Obj volume) {
        String name = pod.name() + "-" + volume.text("name");
        Obj there = client.find(Resources.PERSISTENTVOLUMECLAIMS, pod.namespace(), name)
                .orElse(null);
        if (there != null) {
            Obj owner = there.controller();
            if (owner == null || !owner.text("uid").equals(pod.uid())) {
                events.warning(
                        pod,
                        "FailedBinding",
                        "ephemeral volume " + volume.text("name") + ": PVC "
                                + pod.namespace() + "/" + name + " was not created for pod " + pod.namespace() + "/"
                                + pod.name() + " (pod is not owner)");
            }
            return;
        }
        Obj template = volume.obj("ephemeral.volumeClaimTemplate");
        Obj claim = Obj.create("v1", "PersistentVolumeClaim", pod.namespace(), name);
        for (String field : new String[] {"labels", "annotations"}) {
            if (template.has("metadata." + field)) {
                claim.set("metadata." + field, template.at("metadata." + field).<JsonNode>deepCopy());
            }
        }
        claim.add("metadata.ownerReferences", ownerReference(pod));
        claim.set("spec", template.at("spec").<JsonNode>deepCopy());
        try {
            client.create(Resources.PERSISTENTVOLUMECLAIMS, claim);
        } catch (ApiError e) {
            if (!e.is("AlreadyExists") && !namespaceTerminating(e)) {
                events.warning(
                        pod,
                        "FailedBinding",
                        "ephemeral volume " + volume.text("name") + ": create PVC " + name + ": " + e.getMessage());
                throw e;
            }
        }
    }
}
