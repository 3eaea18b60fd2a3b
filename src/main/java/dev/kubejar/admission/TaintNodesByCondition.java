package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;

/** A new node is not ready until a controller finds that it is. */
final class TaintNodesByCondition implements Admission {
    private static final String NOT_READY = "node.kubernetes.io/not-ready";

    @Override
    public void admit(Attributes request) {
        if (!request.creates() || !request.about(Resources.NODES)) {
            return;
        }
        for (Obj taint : request.object().list("spec.taints")) {
            if (taint.text("key").equals(NOT_READY) && taint.text("effect").equals("NoSchedule")) {
                return;
            }
        }
        request.object().add("spec.taints", Obj.create().set("key", NOT_READY).set("effect", "NoSchedule"));
    }
}
