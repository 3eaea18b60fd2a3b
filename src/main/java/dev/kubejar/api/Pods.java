package dev.kubejar.api;

import dev.kubejar.object.Obj;
import java.util.List;

/** How pods end: only one that a kubelet knows and that still runs is given time. */
final class Pods implements Strategy {
    private static final long DEFAULT_GRACE = 30;

    @Override
    public Long grace(Obj pod, Long asked) {
        String phase = pod.text("status.phase");
        if (pod.text("spec.nodeName").isEmpty() || phase.equals("Failed") || phase.equals("Succeeded")) {
            return 0L;
        }
        long period = asked != null ? asked : pod.number("spec.terminationGracePeriodSeconds", DEFAULT_GRACE);
        return period < 0 ? 1 : period;
    }

    @Override
    public boolean returnsDeleted() {
        return true;
    }

    @Override
    public List<String> keptByStatus() {
        return List.of("metadata.ownerReferences");
    }
}
