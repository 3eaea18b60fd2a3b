package dev.kubejar.cli.deploy;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;

/** {@code kubectl rollout restart}. */
public final class RolloutRestart extends RolloutChange {
    @Override
    String done() {
        return "restarted";
    }

    @Override
    String change(Obj object) {
        if (!Revisions.kept(object.kind())) {
            return "restarting is not supported";
        }
        if (object.bool("spec.paused")) {
            return "can't restart paused deployment (run rollout resume first)";
        }
        object.child("spec.template").setAnnotation("kubectl.kubernetes.io/restartedAt", Times.seconds(call.now()));
        return null;
    }
}
