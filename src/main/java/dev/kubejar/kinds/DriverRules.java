package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of CSIDriver. */
final class DriverRules {
    private static final long SHORTEST = 600;
    private static final long LONGEST = 1L << 32;

    private DriverRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        present(problems, spec, "attachRequired", "attachedRequired");
        present(problems, spec, "podInfoOnMount", "podInfoOnMount");
        present(problems, spec, "storageCapacity", "storageCapacity");
        if (spec.has("fsGroupPolicy")) {
            String policy = spec.text("fsGroupPolicy");
            Values.supported(problems, "spec.fsGroupPolicy", policy, "File", "None", "ReadWriteOnceWithFSType");
        }
        tokens(problems, "spec.tokenRequests", spec.list("tokenRequests"));
        for (String mode : spec.texts("volumeLifecycleModes")) {
            Values.supported(problems, "spec.volumeLifecycleModes", mode, "Persistent", "Ephemeral");
        }
        present(problems, spec, "seLinuxMount", "seLinuxMount");
        String period = "nodeAllocatableUpdatePeriodSeconds";
        if (spec.has(period) && spec.number(period) < 10) {
            problems.invalid("spec." + period, spec.number(period), "must be greater than or equal to 10 seconds");
        }
        if (spec.has("serviceAccountTokenInSecrets")
                && spec.list("tokenRequests").isEmpty()) {
            problems.invalid(
                    "spec.serviceAccountTokenInSecrets",
                    spec.bool("serviceAccountTokenInSecrets"),
                    "serviceAccountTokenInSecrets is set but no tokenRequests are specified");
        }
        if (before != null) {
            Obj old = before.obj("spec");
            Values.immutable(problems, "spec.attachedRequired", spec, old, "attachRequired");
            Values.immutable(problems, "spec.volumeLifecycleModes", spec, old, "volumeLifecycleModes");
        }
    }

    private static void present(Problems problems, Obj spec, String field, String shown) {
        if (!spec.has(field)) {
            problems.required("spec." + shown, "");
        }
    }

    private static void tokens(Problems problems, String path, List<Obj> requests) {
        Set<String> audiences = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            String at = path + "[" + i + "]";
            String audience = requests.get(i).text("audience");
            if (!audiences.add(audience)) {
                problems.duplicate(at + ".audience", audience);
                continue;
            }
            long seconds = requests.get(i).number("expirationSeconds");
            if (requests.get(i).has("expirationSeconds") && seconds < SHORTEST) {
                problems.invalid(at + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
            } else if (seconds > LONGEST) {
                problems.invalid(
                        at + ".expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }
}
