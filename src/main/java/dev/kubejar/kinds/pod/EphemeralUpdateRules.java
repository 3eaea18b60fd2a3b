package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.HashMap;
import java.util.Map;

/** Ephemeral containers are added to a pod; they are neither changed nor taken away. */
final class EphemeralUpdateRules {
    private static final String PATH = "spec.ephemeralContainers";

    private EphemeralUpdateRules() {}

    static void check(Obj pod, Obj before, Problems problems) {
        if (before.annotations().containsKey("kubernetes.io/config.mirror")) {
            problems.forbidden("[]", "static pods do not support ephemeral containers");
            return;
        }
        Map<String, Obj> now = new HashMap<>();
        pod.list(PATH).forEach(each -> now.put(each.text("name"), each));
        for (Obj old : before.list(PATH)) {
            Obj found = now.get(old.text("name"));
            String existing = "existing ephemeral containers " + GoText.quoted(old.text("name"));
            if (found == null) {
                problems.forbidden(PATH, existing + " may not be removed\n");
            } else if (!Values.same(found.node(), old.node())) {
                problems.forbidden(
                        PATH, existing + " may not be changed\n" + GoStructs.diff("EphemeralContainer", old, found));
            }
        }
    }
}
