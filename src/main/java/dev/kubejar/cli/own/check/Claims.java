package dev.kubejar.cli.own.check;

import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.List;

/** Claims that are not bound, and why: written by themselves, as templates of a StatefulSet, or as ephemeral volumes. */
final class Claims {
    private final World world;
    private final Workloads workloads;

    Claims(World world, Workloads workloads) {
        this.world = world;
        this.workloads = workloads;
    }

    /** The claims that hold up a pod; false where all are bound. */
    boolean tell(Manifest manifest, Obj pod) {
        boolean told = false;
        List<Obj> volumes = pod.list("spec.volumes");
        for (Obj volume : volumes) {
            String name = volume.has("ephemeral")
                    ? pod.name() + "-" + volume.text("name")
                    : volume.text("persistentVolumeClaim.claimName");
            Obj claim = name.isEmpty()
                    ? null
                    : world.client
                            .find(Resources.PERSISTENTVOLUMECLAIMS, pod.namespace(), name)
                            .orElse(null);
            if (claim != null && !claim.text("status.phase").equals("Bound")) {
                unbound(manifest, volume, claim);
                told = true;
            }
        }
        return told;
    }

    private void unbound(Manifest manifest, Obj volume, Obj claim) {
        Manifest own = world.manifest("PersistentVolumeClaim", claim.namespace(), claim.name());
        if (own != null) {
            tell(own, claim, "");
            return;
        }
        String field = "";
        List<Obj> templates = manifest.sent.list("spec.volumeClaimTemplates");
        for (int i = 0; i < templates.size(); i++) {
            if (claim.name().startsWith(templates.get(i).name() + "-" + manifest.name() + "-")) {
                field = "spec.volumeClaimTemplates[" + i + "]";
            }
        }
        List<Obj> volumes = manifest.pod().list("spec.volumes");
        for (int i = 0; i < volumes.size() && field.isEmpty(); i++) {
            if (volumes.get(i).text("name").equals(volume.text("name"))) {
                field = manifest.podField(
                        "spec.volumes[" + i + "]" + (volume.has("ephemeral") ? ".ephemeral.volumeClaimTemplate" : ""));
            }
        }
        tell(manifest, claim, field);
    }

    /** @param at where the claim is written in its manifest; empty: it is the manifest */
    void tell(Manifest manifest, Obj claim, String at) {
        String dot = at.isEmpty() ? "" : at + ".";
        String storage = claim.text("spec.storageClassName");
        String what = at.isEmpty() ? "claim" : "claim \"" + claim.name() + "\"";
        if (!storage.isEmpty()
                && !world.meant(Resources.STORAGECLASSES, "StorageClass", "", storage)
                && !statically(claim, storage)) {
            world.findings.shared(
                    "StorageClass " + storage,
                    "missing-storageclass",
                    manifest,
                    dot + "spec.storageClassName",
                    what + " cannot bind: storageclass \"" + storage + "\" not found");
            return;
        }
        String message = "";
        for (Obj event : workloads.events(claim)) {
            String reason = event.text("reason");
            if (!reason.equals("WaitForFirstConsumer") && !reason.equals("WaitForPodScheduled") || message.isEmpty()) {
                message = event.text("message");
            }
        }
        world.findings.add(
                "claim-unbound",
                manifest,
                dot + (storage.isEmpty() ? "spec" : "spec.storageClassName"),
                what + " cannot bind: " + (message.isEmpty() ? "no persistent volume fits" : message));
    }

    /** Whether volumes of that class exist without the class itself. */
    private boolean statically(Obj claim, String storage) {
        for (Obj volume : world.client.list(Resources.PERSISTENTVOLUMES, "")) {
            if (volume.text("spec.storageClassName").equals(storage)) {
                return true;
            }
        }
        return false;
    }

    /** Claims in files that no pod waits for: a class that binds at the first consumer makes them wait rightly. */
    void lone() {
        for (Manifest each : world.manifests()) {
            if (!each.kind().equals("PersistentVolumeClaim") || !each.accepted()) {
                continue;
            }
            Obj claim = workloads.live(each);
            if (claim.text("status.phase").equals("Bound") || waits(claim)) {
                continue;
            }
            tell(each, claim, "");
        }
    }

    private boolean waits(Obj claim) {
        return world.client
                .find(Resources.STORAGECLASSES, "", claim.text("spec.storageClassName"))
                .filter(found -> found.text("volumeBindingMode").equals("WaitForFirstConsumer"))
                .isPresent();
    }
}
