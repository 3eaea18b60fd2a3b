package dev.kubejar.api;

import dev.kubejar.object.Obj;

/** How namespaces end: Terminating until their own finalizers, which stand in the spec, are gone. */
final class Namespaces implements Strategy {
    @Override
    public void marked(Obj namespace) {
        if (namespace.deleting()) {
            namespace.set("status.phase", "Terminating");
            namespace.remove("metadata.deletionGracePeriodSeconds");
        }
    }

    @Override
    public boolean finished(Obj namespace) {
        return namespace.texts("spec.finalizers").isEmpty();
    }

    @Override
    public boolean returnsDeleted() {
        return true;
    }
}
