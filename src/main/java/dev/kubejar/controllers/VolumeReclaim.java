package dev.kubejar.controllers;

import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Clock;

/** A volume's phases, and what becomes of one whose claim is gone: kept, recycled or deleted. */
final class VolumeReclaim {
    private final Client client;
    private final EventRecorder events;
    private final Clock clock;

    VolumeReclaim(Client client, EventRecorder events, Clock clock) {
        this.client = client;
        this.events = events;
        this.clock = clock;
    }

    /** The claim has another volume: this one is let go. */
    void abandoned(Obj volume) {
        boolean provisioned = !volume.annotation(VolumeBinder.PROVISIONED_BY).isEmpty()
                && volume.text("spec.persistentVolumeReclaimPolicy").equals("Delete");
        if (provisioned) {
            release(volume);
        } else {
            unbind(volume);
        }
    }

    /** Marks a volume released, and does with it what its reclaim policy wants. */
    void release(Obj volume) {
        Obj current = volume;
        String phase = volume.text("status.phase");
        if (!phase.equals("Released") && !phase.equals("Failed")) {
            current = phase(volume, "Released", "");
        }
        switch (volume.text("spec.persistentVolumeReclaimPolicy")) {
            case "Recycle" -> recycle(current);
            case "Delete" -> delete(current);
            default -> {}
        }
    }

    private void recycle(Obj volume) {
        if (!volume.has("spec.hostPath") && !volume.has("spec.nfs")) {
            fail(volume, "VolumeFailedRecycle", "No recycler plugin found for the volume!");
            return;
        }
        events.normal(volume, "VolumeRecycled", "Volume recycled");
        unbind(volume);
    }

    /** Volumes of an external provisioner are its own to delete; of the others a host path below /tmp can be. */
    private void delete(Obj volume) {
        if (!volume.annotation(VolumeBinder.PROVISIONED_BY).isEmpty() || volume.deleting() || volume.has("spec.csi")) {
            return;
        }
        String path = volume.text("spec.hostPath.path");
        if (!path.isEmpty() && path.startsWith("/tmp/") && path.length() > "/tmp/".length()) {
            client.delete(Ref.of(Resources.PERSISTENTVOLUMES, volume));
        } else if (!path.isEmpty()) {
            fail(volume, "VolumeFailedDelete", "host_path deleter only supports /tmp/.+ but received provided " + path);
        } else {
            fail(
                    volume,
                    "VolumeFailedDelete",
                    "error getting deleter volume plugin for volume \"" + volume.name()
                            + "\": no deletable volume plugin matched");
        }
    }

    private void fail(Obj volume, String reason, String message) {
        if (!volume.text("status.phase").equals("Failed")) {
            events.warning(phase(volume, "Failed", message), reason, message);
        }
    }

    private void unbind(Obj volume) {
        Obj free = volume.copy();
        if (free.annotations().containsKey(VolumeBinder.BY_CONTROLLER)) {
            free.removeAnnotation(VolumeBinder.BY_CONTROLLER).remove("spec.claimRef");
        } else {
            free.remove("spec.claimRef.uid").remove("spec.claimRef.resourceVersion");
        }
        Obj updated = client.update(Resources.PERSISTENTVOLUMES, free);
        phase(updated, "Available", "");
    }

    /** Sets the phase where it is another. */
    Obj phase(Obj volume, String phase, String message) {
        if (volume.text("status.phase").equals(phase)
                && volume.text("status.message").equals(message)) {
            return volume;
        }
        Obj changed = volume.copy();
        if (!volume.text("status.phase").equals(phase)) {
            changed.set("status.lastPhaseTransitionTime", clock.now());
        }
        changed.set("status.phase", phase);
        if (message.isEmpty()) {
            changed.remove("status.message");
        } else {
            changed.set("status.message", message);
        }
        return client.updateStatus(Resources.PERSISTENTVOLUMES, changed);
    }
}
