package dev.kubejar.admission;

import static dev.kubejar.admission.PodSecurityWords.containers;
import static dev.kubejar.admission.PodSecurityWords.names;
import static dev.kubejar.admission.PodSecurityWords.plural;
import static dev.kubejar.admission.PodSecurityWords.quoted;
import static dev.kubejar.admission.PodSecurityWords.setters;

import dev.kubejar.admission.PodSecurityChecks.Subject;
import dev.kubejar.admission.PodSecurityChecks.Violation;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The restricted level of the Pod Security Standards: current hardening practice, asked for in so many words. */
final class PodSecurityRestricted {
    private static final Set<String> VOLUMES = Set.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private PodSecurityRestricted() {}

    static Violation escalation(Subject pod) {
        List<String> bad = names(pod.containers(), each -> each.bool("securityContext.allowPrivilegeEscalation", true));
        return bad.isEmpty()
                ? null
                : new Violation(
                        "allowPrivilegeEscalation != false",
                        containers(bad) + " must set securityContext.allowPrivilegeEscalation=false");
    }

    static Violation capabilities(Subject pod) {
        List<String> keeping = names(pod.containers(), each -> !each.texts("securityContext.capabilities.drop")
                .contains("ALL"));
        Set<String> forbidden = new TreeSet<>();
        List<String> adding = names(pod.containers(), each -> {
            List<String> added = new ArrayList<>(each.texts("securityContext.capabilities.add"));
            added.removeIf("NET_BIND_SERVICE"::equals);
            forbidden.addAll(added);
            return !added.isEmpty();
        });
        List<String> details = new ArrayList<>();
        if (!keeping.isEmpty()) {
            details.add(containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (!adding.isEmpty()) {
            details.add(containers(adding) + " must not include " + quoted(forbidden)
                    + " in securityContext.capabilities.add");
        }
        return details.isEmpty() ? null : new Violation("unrestricted capabilities", String.join("; ", details));
    }

    static Violation volumes(Subject pod) {
        Set<String> types = new TreeSet<>();
        List<String> bad = names(pod.spec().list("volumes"), each -> {
            String type = type(each);
            return !VOLUMES.contains(type) && (types.add(type) || true);
        });
        return bad.isEmpty()
                ? null
                : new Violation(
                        "restricted volume types",
                        plural("volume", "volumes", bad.size()) + " " + quoted(bad)
                                + plural(" uses ", " use ", bad.size())
                                + plural("restricted volume type", "restricted volume types", types.size()) + " "
                                + quoted(types));
    }

    /** The volume's source: the one field beside its name. */
    private static String type(Obj volume) {
        for (var field : volume.node().properties()) {
            if (!field.getKey().equals("name") && field.getValue().isObject()) {
                return field.getKey();
            }
        }
        return "unknown";
    }

    static Violation nonRoot(Subject pod) {
        String field = "securityContext.runAsNonRoot";
        boolean self = pod.spec().has(field) && !pod.spec().bool(field);
        String setters = setters(self, names(pod.containers(), each -> each.has(field) && !each.bool(field)));
        if (!setters.isEmpty()) {
            return new Violation("runAsNonRoot != true", setters + " must not set securityContext.runAsNonRoot=false");
        }
        List<String> missing = pod.spec().bool(field) ? List.of() : names(pod.containers(), each -> !each.has(field));
        return missing.isEmpty()
                ? null
                : new Violation(
                        "runAsNonRoot != true",
                        "pod or " + containers(missing) + " must set securityContext.runAsNonRoot=true");
    }

    static Violation user(Subject pod) {
        String setters = setters(root(pod.spec()), names(pod.containers(), PodSecurityRestricted::root));
        return setters.isEmpty() ? null : new Violation("runAsUser=0", setters + " must not set runAsUser=0");
    }

    private static boolean root(Obj holder) {
        return holder.number("securityContext.runAsUser", -1) == 0;
    }
}
