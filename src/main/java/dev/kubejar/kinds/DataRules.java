package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Data. */
final class DataRules {
    private DataRules() {}

    static void configMap(Obj now, Obj before, Problems problems) {}

    static void secret(Obj now, Obj before, Problems problems) {}
}
