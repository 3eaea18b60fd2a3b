package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Ingress. */
final class IngressRules {
    private IngressRules() {}

    static void check(Obj now, Obj before, Problems problems) {}

    static void ingressClass(Obj now, Obj before, Problems problems) {}
}
