package dev.kubejar.api;

import dev.kubejar.object.Obj;
import java.time.Instant;

/** A taint of a device says since when it is there. */
final class ResourceSlices implements Strategy {
    @Override
    public void prepared(Obj now, Obj before, Instant time) {
        for (Obj device : now.list("spec.devices")) {
            for (Obj taint : device.list("taints")) {
                if (!taint.has("timeAdded")) {
                    taint.set("timeAdded", time);
                }
            }
        }
    }
}
