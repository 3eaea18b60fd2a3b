package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A volume with zone labels is reached from nodes of its zone only. */
public final class VolumeZone implements Plugin {
    private static final Set<String> LABELS = Set.of(
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region");

    @Override
    public String name() {
        return "VolumeZone";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_LABEL, Event.CLAIM, Event.VOLUME, Event.STORAGE_CLASS);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        for (Obj volume : cycle.note(name(), () -> volumes(cycle))) {
            for (Map.Entry<String, String> label : volume.labels().entrySet()) {
                if (LABELS.contains(label.getKey())
                        && node.labels().containsKey(label.getKey())
                        && !List.of(label.getValue().split("__"))
                                .contains(node.node().label(label.getKey()))) {
                    return Verdict.unresolvable(name(), "node(s) had no available volume zone");
                }
            }
        }
        return Verdict.SUCCESS;
    }

    private static List<Obj> volumes(Cycle cycle) {
        List<Obj> volumes = new ArrayList<>();
        for (Obj volume : cycle.pod().list("spec.volumes")) {
            String claim = volume.text("persistentVolumeClaim.claimName");
            if (!claim.isEmpty()) {
                cycle.client()
                        .find(Resources.PERSISTENTVOLUMECLAIMS, cycle.pod().namespace(), claim)
                        .filter(found -> !found.text("spec.volumeName").isEmpty())
                        .flatMap(found ->
                                cycle.client().find(Resources.PERSISTENTVOLUMES, "", found.text("spec.volumeName")))
                        .ifPresent(volumes::add);
            }
        }
        return volumes;
    }
}
