package dev.kubejar.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** Small questions about a pod's containers. */
final class Containers {
    private Containers() {}

    /** An init container that keeps running (KEP-753). */
    static boolean sidecar(Obj container) {
        return container.text("restartPolicy").equals("Always");
    }

    /** Whether a container that ended with this code is started again, by its own policy or the pod's. */
    static boolean restarts(Obj pod, Obj container, int exitCode) {
        for (Obj rule : container.list("restartPolicyRules")) {
            if (matches(rule.obj("exitCodes"), exitCode)) {
                return rule.text("action").equals("Restart");
            }
        }
        String policy = container.text("restartPolicy", pod.text("spec.restartPolicy", "Always"));
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }

    /** Regular init containers are restarted on failure unless the pod says Never. */
    static boolean initRestarts(Obj pod, Obj container, int exitCode) {
        return exitCode != 0 && restarts(pod, container, exitCode);
    }

    private static boolean matches(Obj rule, int exitCode) {
        boolean listed = false;
        for (JsonNode value : rule.at("values")) {
            listed |= value.asInt() == exitCode;
        }
        return rule.text("operator").equals("NotIn") ? !listed : listed;
    }

    /** {@code spec.initContainers}, then {@code spec.containers}, then the ephemeral ones. */
    static List<Obj> all(Obj pod) {
        List<Obj> all = new ArrayList<>(pod.list("spec.initContainers"));
        all.addAll(pod.list("spec.containers"));
        all.addAll(pod.list("spec.ephemeralContainers"));
        return all;
    }

    /** Whether a container was added to the running pod. */
    static boolean ephemeral(Obj pod, String name) {
        return pod.list("spec.ephemeralContainers").stream()
                .anyMatch(each -> each.text("name").equals(name));
    }

    static Obj byName(Obj pod, String name) {
        for (Obj container : all(pod)) {
            if (container.text("name").equals(name)) {
                return container;
            }
        }
        return null;
    }

    /** Where an event about a container points: {@code spec.containers{main}}. */
    static String fieldPath(Obj pod, String name) {
        for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
            for (Obj container : pod.list("spec." + list)) {
                if (container.text("name").equals(name)) {
                    return "spec." + list + "{" + name + "}";
                }
            }
        }
        return "";
    }

    /** {@code web_default(UID)}, as the kubelet's messages name a pod. */
    static String podName(Obj pod) {
        return pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")";
    }

    static boolean hostNetwork(Obj pod) {
        return pod.bool("spec.hostNetwork");
    }
}
