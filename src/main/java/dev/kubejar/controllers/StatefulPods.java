package dev.kubejar.controllers;

import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.ArrayList;
import java.util.List;

/** Makes, mends and deletes a StatefulSet's pods and their claims, with the events about it. */
final class StatefulPods {
    private final Client client;
    private final EventRecorder events;
    private final Obj set;

    StatefulPods(Client client, EventRecorder events, Obj set) {
        this.client = client;
        this.events = events;
        this.set = set;
    }

    /** Creates the pod after its claims. */
    Obj create(Obj pod) {
        try {
            claims(pod);
        } catch (ApiError e) {
            tell("Create", pod, e);
            throw e;
        }
        try {
            Obj made = client.create(Resources.PODS, pod);
            retain(made);
            tell("Create", pod, null);
            return made;
        } catch (ApiError e) {
            if (!e.is("AlreadyExists")) {
                tell("Create", pod, e);
            }
            throw e;
        }
    }

    void delete(Obj pod) {
        try {
            client.delete(Ref.of(Resources.PODS, pod));
            tell("Delete", pod, null);
        } catch (ApiError e) {
            tell("Delete", pod, e);
            throw e;
        }
    }

    Obj mend(Obj pod) {
        try {
            Obj mended = client.update(Resources.PODS, StatefulIdentity.restored(set, pod));
            tell("Update", pod, null);
            return mended;
        } catch (ApiError e) {
            tell("Update", pod, e);
            throw e;
        }
    }

    private void tell(String verb, Obj pod, ApiError error) {
        String what = verb + " Pod " + pod.name() + " in StatefulSet " + set.name();
        if (error == null) {
            events.normal(set, "Successful" + verb, what + " successful");
        } else if (!Controller.namespaceTerminating(error)) {
            events.warning(set, "Failed" + verb, what + " failed error: " + error.getMessage());
        }
    }

    /** Creates the pod's claims that are missing. */
    void claims(Obj pod) {
        for (Obj claim :
                StatefulIdentity.claims(set, StatefulIdentity.ordinal(set, pod)).values()) {
            Obj there = client.find(Resources.PERSISTENTVOLUMECLAIMS, claim.namespace(), claim.name())
                    .orElse(null);
            if (there != null) {
                if (there.deleting()) {
                    throw ApiError.badRequest("pvc " + claim.name() + " is being deleted");
                }
                continue;
            }
            try {
                client.create(Resources.PERSISTENTVOLUMECLAIMS, claim);
                events.normal(
                        set,
                        "SuccessfulCreate",
                        "Create Claim " + claim.name() + " Pod " + pod.name() + " in StatefulSet " + set.name()
                                + " success");
            } catch (ApiError e) {
                events.warning(
                        set,
                        "FailedCreate",
                        "Create Claim " + claim.name() + " for Pod " + pod.name() + " in StatefulSet " + set.name()
                                + " failed error: " + e.getMessage());
                throw new ApiError(
                        e.code(), e.reason(), "failed to create PVC " + claim.name() + ": " + e.getMessage());
            }
        }
    }

    /** Gives the pod's claims the owners that the retention policy wants (KEP-1847). */
    void retain(Obj pod) {
        int ordinal = StatefulIdentity.ordinal(set, pod);
        String deleted = set.text("spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "Retain");
        String scaled = set.text("spec.persistentVolumeClaimRetentionPolicy.whenScaled", "Retain");
        boolean condemned = !StatefulIdentity.inRange(set, ordinal);
        boolean bySet = deleted.equals("Delete") && !(scaled.equals("Delete") && condemned);
        boolean byPod = scaled.equals("Delete") && condemned;
        for (Obj claim : StatefulIdentity.claims(set, ordinal).values()) {
            client.find(Resources.PERSISTENTVOLUMECLAIMS, claim.namespace(), claim.name())
                    .ifPresent(found -> own(found, pod, bySet, byPod));
        }
    }

    private void own(Obj claim, Obj pod, boolean bySet, boolean byPod) {
        List<Obj> owners = new ArrayList<>();
        for (Obj owner : claim.list("metadata.ownerReferences")) {
            boolean ours = owner.text("kind").equals("StatefulSet")
                            && owner.text("name").equals(set.name())
                    || owner.text("kind").equals("Pod") && owner.text("name").equals(pod.name());
            if (!ours) {
                owners.add(owner);
            }
        }
        if (bySet) {
            owners.add(Controller.ownerReference(set));
        }
        if (byPod) {
            owners.add(Controller.ownerReference(pod));
        }
        if (owners.equals(claim.list("metadata.ownerReferences"))) {
            return;
        }
        Obj patch = Obj.create().set("metadata.uid", claim.uid());
        if (owners.isEmpty()) {
            patch.set("metadata.ownerReferences", (com.fasterxml.jackson.databind.JsonNode) Json.NODES.nullNode());
        } else {
            patch.set("metadata.ownerReferences", owners);
        }
        client.merge(Ref.of(Resources.PERSISTENTVOLUMECLAIMS, claim), patch.node());
    }

    /** Whether a claim of the pod is still owned by an earlier pod of its name, and so about to go. */
    boolean staleClaim(Obj pod) {
        if (set.text("spec.persistentVolumeClaimRetentionPolicy.whenScaled", "Retain")
                .equals("Retain")) {
            return false;
        }
        for (Obj claim :
                StatefulIdentity.claims(set, StatefulIdentity.ordinal(set, pod)).values()) {
            boolean stale = client.find(Resources.PERSISTENTVOLUMECLAIMS, claim.namespace(), claim.name())
                    .map(found -> found.list("metadata.ownerReferences").stream()
                            .anyMatch(owner -> owner.text("kind").equals("Pod")
                                    && owner.text("name").equals(pod.name())
                                    && !owner.text("uid").equals(pod.uid())))
                    .orElse(false);
            if (stale) {
                return true;
            }
        }
        return false;
    }
}
