package dev.kubejar.admission;

import dev.kubejar.object.Obj;
import java.util.List;

/** Which of several classes marked as default counts: the newest, then the first by name. */
final class DefaultClasses {
    private DefaultClasses() {}

    /** The name of the default class, or null; {@code annotations} are what marks one. */
    static String of(List<Obj> classes, String... annotations) {
        Obj chosen = null;
        for (Obj each : classes) {
            if (marked(each, annotations) && (chosen == null || newer(each, chosen))) {
                chosen = each;
            }
        }
        return chosen == null ? null : chosen.name();
    }

    private static boolean marked(Obj candidate, String... annotations) {
        for (String annotation : annotations) {
            if (candidate.annotation(annotation).equals("true")) {
                return true;
            }
        }
        return false;
    }

    private static boolean newer(Obj a, Obj b) {
        int order = a.text("metadata.creationTimestamp").compareTo(b.text("metadata.creationTimestamp"));
        return order > 0 || order == 0 && a.name().compareTo(b.name()) < 0;
    }
}
