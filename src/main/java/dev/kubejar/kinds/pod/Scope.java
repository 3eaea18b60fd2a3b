package dev.kubejar.kinds.pod;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.Map;
import java.util.Set;

/**
 * What the rules of a pod's parts need to know of the whole.
 *
 * @param volumes the volumes that are right, by name
 * @param claims the names of the pod's resource claims
 * @param isPod a pod, not a template
 */
record Scope(Problems problems, Obj spec, Map<String, Obj> volumes, Set<String> claims, boolean isPod) {
    String restartPolicy() {
        return spec.text("restartPolicy");
    }

    boolean hostUsers() {
        return spec.bool("hostUsers", true);
    }

    /** The grace period, null where there is none. */
    Long grace() {
        return spec.has("terminationGracePeriodSeconds") ? spec.number("terminationGracePeriodSeconds") : null;
    }
}
