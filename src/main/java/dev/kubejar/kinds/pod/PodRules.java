package dev.kubejar.kinds.pod;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Pod. */
public final class PodRules {
    private PodRules() {}

    public static void pod(Obj now, Obj before, Problems problems) {}

    public static void status(Obj now, Obj before, Problems problems) {}

    public static void mergeLabelKeys(Obj pod) {}
}
