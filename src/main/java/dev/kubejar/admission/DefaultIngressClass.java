package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;

/** An Ingress that names no class gets the default one. */
final class DefaultIngressClass implements Admission {
    @Override
    public void admit(Attributes request) {
        if (!request.creates() || !request.about(Resources.INGRESSES)) {
            return;
        }
        Obj ingress = request.object();
        if (ingress.has("spec.ingressClassName") || ingress.annotations().containsKey("kubernetes.io/ingress.class")) {
            return;
        }
        String name = DefaultClasses.of(
                request.reader().list(Resources.INGRESSCLASSES, ""), "ingressclass.kubernetes.io/is-default-class");
        if (name != null) {
            ingress.set("spec.ingressClassName", name);
        }
    }
}
