package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.NodeTerms;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A pod's claims: they must be there and bound, or bindable where the pod goes. */
public final class VolumeBinding implements Plugin {
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    @Override
    public String name() {
        return "VolumeBinding";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_LABEL, Event.CLAIM, Event.VOLUME, Event.STORAGE_CLASS);
    }

    /** The claims by what is to be done about them. */
    private record Claims(List<Obj> bound, List<Obj> delayed) {}

    @Override
    public Verdict preFilter(Cycle cycle) {
        List<Obj> bound = new ArrayList<>();
        List<Obj> delayed = new ArrayList<>();
        boolean immediate = false;
        for (Obj volume : cycle.pod().list("spec.volumes")) {
            boolean ephemeral = volume.has("ephemeral");
            String name = ephemeral
                    ? cycle.pod().name() + "-" + volume.text("name")
                    : volume.text("persistentVolumeClaim.claimName");
            if (name.isEmpty()) {
                continue;
            }
            Obj claim = cycle.client()
                    .find(Resources.PERSISTENTVOLUMECLAIMS, cycle.pod().namespace(), name)
                    .orElse(null);
            String problem = problem(claim, name, ephemeral);
            if (!problem.isEmpty()) {
                return Verdict.unresolvable(name(), problem);
            }
            if (bound(claim)) {
                bound.add(claim);
            } else if (waits(cycle, claim)) {
                delayed.add(claim);
            } else {
                immediate = true;
            }
        }
        if (immediate) {
            return Verdict.unresolvable(name(), "pod has unbound immediate PersistentVolumeClaims");
        }
        cycle.note(name(), () -> new Claims(bound, delayed));
        return Verdict.SUCCESS;
    }

    private static String problem(Obj claim, String name, boolean ephemeral) {
        if (claim == null) {
            return ephemeral
                    ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + name + "\""
                    : "persistentvolumeclaim \"" + name + "\" not found";
        }
        if (claim.text("status.phase").equals("Lost")) {
            return "persistentvolumeclaim \"" + name + "\" bound to non-existent persistentvolume \""
                    + claim.text("spec.volumeName") + "\"";
        }
        return claim.deleting() ? "persistentvolumeclaim \"" + name + "\" is being deleted" : "";
    }

    private static boolean bound(Obj claim) {
        return !claim.text("spec.volumeName").isEmpty()
                && claim.annotations().containsKey("pv.kubernetes.io/bind-completed");
    }

    private static boolean waits(Cycle cycle, Obj claim) {
        return claim.text("spec.volumeName").isEmpty()
                && cycle.client()
                        .find(Resources.STORAGECLASSES, "", claim.text("spec.storageClassName"))
                        .map(storage -> storage.text("volumeBindingMode").equals("WaitForFirstConsumer"))
                        .orElse(false);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        Claims claims = cycle.note(name(), () -> new Claims(List.of(), List.of()));
        for (Obj claim : claims.bound()) {
            Obj volume = cycle.client()
                    .find(Resources.PERSISTENTVOLUMES, "", claim.text("spec.volumeName"))
                    .orElse(null);
            if (volume == null) {
                return Verdict.unresolvable(
                        name(), "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
            }
            if (!reachable(volume, node)) {
                return Verdict.unresolvable(name(), "node(s) didn't match PersistentVolume's node affinity");
            }
        }
        Set<String> taken = new HashSet<>();
        for (Obj claim : claims.delayed()) {
            if (available(cycle, claim, node, taken) == null && !provisionable(cycle, claim, node)) {
                return Verdict.unresolvable(name(), "node(s) didn't find available persistent volumes to bind");
            }
        }
        return Verdict.SUCCESS;
    }

    private static boolean reachable(Obj volume, NodeInfo node) {
        return !volume.has("spec.nodeAffinity.required")
                || NodeTerms.any(volume.list("spec.nodeAffinity.required.nodeSelectorTerms"), node.node());
    }

    /** The smallest volume that fits the claim on the node, taken out for other claims of the pod; or null. */
    private static Obj available(Cycle cycle, Obj claim, NodeInfo node, Set<String> taken) {
        List<Obj> volumes = cycle.note("volumes", () -> cycle.client().list(Resources.PERSISTENTVOLUMES, ""));
        Obj best = null;
        for (Obj volume : volumes) {
            boolean fits = !taken.contains(volume.name())
                    && reachable(volume, node)
                    && dev.kubejar.client.Volumes.satisfies(volume, claim);
            if (fits && (best == null || dev.kubejar.client.Volumes.smaller(volume, best))) {
                best = volume;
            }
        }
        if (best != null) {
            taken.add(best.name());
        }
        return best;
    }

    private static boolean provisionable(Cycle cycle, Obj claim, NodeInfo node) {
        Obj storage = cycle.client()
                .find(Resources.STORAGECLASSES, "", claim.text("spec.storageClassName"))
                .orElse(null);
        if (storage == null || storage.text("provisioner").equals(NO_PROVISIONER)) {
            return false;
        }
        List<Obj> terms = storage.list("allowedTopologies");
        return terms.isEmpty()
                || terms.stream().anyMatch(term -> term.list("matchLabelExpressions").stream()
                        .allMatch(rule ->
                                rule.texts("values").contains(node.node().label(rule.text("key")))));
    }

    /** Gives the delayed claims volumes, or the node's name to the provisioner; the pod then waits for the binder. */
    @Override
    public Verdict reserve(Cycle cycle, NodeInfo node) {
        Claims claims = cycle.note(name(), () -> new Claims(List.of(), List.of()));
        Set<String> taken = new HashSet<>();
        for (Obj claim : claims.delayed()) {
            Obj volume = available(cycle, claim, node, taken);
            if (volume != null) {
                Obj reference = Obj.create()
                        .set("kind", "PersistentVolumeClaim")
                        .set("namespace", claim.namespace())
                        .set("name", claim.name())
                        .set("uid", claim.uid())
                        .set("apiVersion", "v1")
                        .set("resourceVersion", claim.resourceVersion());
                cycle.client()
                        .update(
                                Resources.PERSISTENTVOLUMES,
                                volume.copy()
                                        .set("spec.claimRef", reference)
                                        .setAnnotation("pv.kubernetes.io/bound-by-controller", "yes"));
            } else if (!claim.annotation(SELECTED_NODE).equals(node.name())) {
                Obj patch = Obj.create().setAnnotation(SELECTED_NODE, node.name());
                cycle.client().merge(Ref.of(Resources.PERSISTENTVOLUMECLAIMS, claim), patch.node());
            }
        }
        return claims.delayed().isEmpty() ? Verdict.SUCCESS : new Verdict(Verdict.Code.WAIT, name(), List.of());
    }
}
