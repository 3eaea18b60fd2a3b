package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of NetworkPolicy. */
final class NetworkPolicyRules {
    private NetworkPolicyRules() {}

    static void check(Obj now, Obj before, Problems problems) {}
}
