package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Role. */
final class RoleRules {
    private RoleRules() {}

    static void binding(Obj now, Obj before, Problems problems) {}

    static void role(Obj now, Obj before, Problems problems) {}
}
