package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Volume. */
final class VolumeRules {
    private VolumeRules() {}

    static void claim(Obj now, Obj before, Problems problems) {}

    static void volume(Obj now, Obj before, Problems problems) {}
}
