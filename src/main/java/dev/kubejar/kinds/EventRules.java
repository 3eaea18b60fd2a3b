package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** Rules of Event. */
final class EventRules {
    private EventRules() {}

    static void core(Obj now, Obj before, Problems problems) {}

    static void renamed(Obj now, Obj before, Problems problems) {}
}
