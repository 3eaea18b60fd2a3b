package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.Set;
import java.util.TreeSet;

/** A claim with access mode ReadWriteOncePod is for one pod at a time. */
public final class VolumeRestrictions implements Plugin {
    @Override
    public String name() {
        return "VolumeRestrictions";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.POD_DELETE, Event.CLAIM);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        Set<String> exclusive = cycle.note(name(), () -> exclusive(cycle));
        for (Obj pod : exclusive.isEmpty() ? java.util.List.<Obj>of() : cycle.podsOn(node.name())) {
            for (Obj volume : pod.list("spec.volumes")) {
                if (pod.namespace().equals(cycle.pod().namespace())
                        && exclusive.contains(volume.text("persistentVolumeClaim.claimName"))) {
                    return Verdict.unschedulable(
                            name(),
                            "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already"
                                    + " in-use by another pod");
                }
            }
        }
        return Verdict.SUCCESS;
    }

    private static Set<String> exclusive(Cycle cycle) {
        Set<String> names = new TreeSet<>();
        for (Obj volume : cycle.pod().list("spec.volumes")) {
            String claim = volume.text("persistentVolumeClaim.claimName");
            if (!claim.isEmpty()
                    && cycle.client()
                            .find(Resources.PERSISTENTVOLUMECLAIMS, cycle.pod().namespace(), claim)
                            .map(found -> found.texts("spec.accessModes").contains("ReadWriteOncePod"))
                            .orElse(false)) {
                names.add(claim);
            }
        }
        return names;
    }
}
