package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of Namespaces. */
final class NamespaceRules {
    private NamespaceRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        if (before != null) {
            return;
        }
        List<String> finalizers = now.texts("spec.finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            String name = finalizers.get(i);
            Names.qualified(name).forEach(fault -> problems.invalid("spec.finalizers", name, fault));
            if (name.indexOf('/') < 0
                    && !List.of("kubernetes", "orphan", "foregroundDeletion").contains(name)) {
                problems.invalid(
                        "spec.finalizers", name, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    static void status(Obj now, Obj before, Problems problems) {
        String phase = now.text("status.phase");
        if (!now.deleting() && !phase.equals("Active")) {
            problems.invalid("status.Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty");
        } else if (now.deleting() && !phase.equals("Terminating")) {
            problems.invalid("status.Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
    }
}
