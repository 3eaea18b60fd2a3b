package dev.kubejar.cli.deploy;

import dev.kubejar.object.Obj;

/** {@code kubectl rollout resume}. */
public final class RolloutResume extends RolloutChange {
    @Override
    String done() {
        return "resumed";
    }

    @Override
    String change(Obj object) {
        if (!object.kind().equals("Deployment")) {
            return "resuming is not supported";
        }
        if (!object.bool("spec.paused")) {
            return "is not paused";
        }
        object.remove("spec.paused");
        return null;
    }
}
