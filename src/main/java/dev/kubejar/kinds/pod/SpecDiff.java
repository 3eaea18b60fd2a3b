package dev.kubejar.kinds.pod;

import dev.kubejar.object.Obj;

/** The difference of two pod specifications as the server shows it in its refusal. */
final class SpecDiff {
    private SpecDiff() {}

    static String of(Obj before, Obj now) {
        return "";
    }
}
