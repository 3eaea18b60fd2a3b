package dev.kubejar.cli.deploy;

import dev.kubejar.object.Obj;

/** {@code kubectl rollout pause}. */
public final class RolloutPause extends RolloutChange {
    @Override
    String done() {
        return "paused";
    }

    @Override
    String change(Obj object) {
        if (!object.kind().equals("Deployment")) {
            return "pausing is not supported";
        }
        if (object.bool("spec.paused")) {
            return "is already paused";
        }
        object.set("spec.paused", true);
        return null;
    }
}
