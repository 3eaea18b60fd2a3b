package dev.kubejar.api;

import dev.kubejar.object.Obj;
import java.time.Instant;

/** A volume says when its phase last changed. */
final class PersistentVolumes implements Strategy {
    @Override
    public void prepared(Obj now, Obj before, Instant time) {
        String phase = now.text("status.phase");
        if (before == null || !phase.equals(before.text("status.phase"))) {
            now.set("status.lastPhaseTransitionTime", time);
        }
    }

    @Override
    public boolean returnsDeleted() {
        return true;
    }
}
