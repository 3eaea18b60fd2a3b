package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.describe.ContainerParts;
import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.TemplateParts;
import dev.kubejar.kinds.describe.VolumeParts;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.List;

/** What {@code kubectl describe pod} tells. */
public final class PodDescription {
    private PodDescription() {}

    /** Writes a pod's description. */
    public static void write(Obj pod, Describe out, Related related) {
        Parts.name(pod, out);
        Obj spec = pod.obj("spec");
        if (spec.has("priority")) {
            out.field("Priority", spec.text("priority"));
        }
        optional("Priority Class Name", spec.text("priorityClassName"), out);
        optional("Runtime Class Name", spec.text("runtimeClassName"), out);
        optional("Service Account", spec.text("serviceAccountName"), out);
        String node = spec.text("nodeName");
        out.field("Node", node.isEmpty() ? "<none>" : node + "/" + pod.text("status.hostIP"));
        if (pod.has("status.startTime")) {
            out.field("Start Time", Parts.time(pod, "status.startTime"));
        }
        Parts.metadata(pod, out);
        status(pod, out, related);
        seccomp(spec, out);
        out.field("IP", pod.text("status.podIP"));
        addresses(pod, out);
        Parts.controlledBy(pod, out);
        optional("NominatedNodeName", pod.text("status.nominatedNodeName"), out);
        if (spec.has("resources")) {
            out.line(0, "Resources:");
            ContainerParts.resources(spec.obj("resources"), 1, out);
        }
        containers(pod, out);
        conditions(pod, out);
        VolumeParts.write(spec.list("volumes"), "", out);
        out.field("QoS Class", pod.text("status.qosClass").isEmpty() ? Qos.of(spec) : pod.text("status.qosClass"));
        out.map("Node-Selectors", spec.map("nodeSelector"), "=");
        Parts.tolerations("Tolerations", spec.list("tolerations"), out);
        TemplateParts.spread(spec.list("topologySpreadConstraints"), "", out);
        Parts.events(pod, out, related);
    }

    private static void optional(String title, String value, Describe out) {
        if (!value.isEmpty()) {
            out.field(title, value);
        }
    }

    private static void status(Obj pod, Describe out, Related related) {
        String phase = pod.text("status.phase");
        if (pod.deleting() && !phase.equals("Failed") && !phase.equals("Succeeded")) {
            String lasts = Times.since(pod.time("metadata.deletionTimestamp"), related.now());
            out.field("Status", "Terminating (lasts " + lasts + ")");
            out.field("Termination Grace Period", pod.number("metadata.deletionGracePeriodSeconds") + "s");
        } else {
            out.field("Status", phase);
        }
        optional("Reason", pod.text("status.reason"), out);
        optional("Message", pod.text("status.message"), out);
    }

    private static void seccomp(Obj spec, Describe out) {
        if (spec.has("securityContext.seccompProfile")) {
            String type = spec.text("securityContext.seccompProfile.type");
            out.field("SeccompProfile", type);
            if (type.equals("Localhost")) {
                out.field("LocalhostProfile", spec.text("securityContext.seccompProfile.localhostProfile"));
            }
        }
    }

    private static void addresses(Obj pod, Describe out) {
        List<Obj> addresses = pod.list("status.podIPs");
        if (addresses.isEmpty()) {
            out.field("IPs", "<none>");
            return;
        }
        out.line(0, "IPs:");
        addresses.forEach(address -> out.field(1, "IP", address.text("ip")));
    }

    private static void containers(Obj pod, Describe out) {
        String[][] lists = {
            {"Init Containers", "spec.initContainers", "status.initContainerStatuses"},
            {"Containers", "spec.containers", "status.containerStatuses"},
            {"Ephemeral Containers", "spec.ephemeralContainers", "status.ephemeralContainerStatuses"}
        };
        for (String[] list : lists) {
            List<Obj> containers = pod.list(list[1]);
            if (!containers.isEmpty() || list[0].equals("Containers")) {
                ContainerParts.write(list[0], containers, pod.list(list[2]), pod, "", out);
            }
        }
    }

    private static void conditions(Obj pod, Describe out) {
        List<Obj> conditions = pod.list("status.conditions");
        List<Obj> gates = pod.list("spec.readinessGates");
        if (!gates.isEmpty()) {
            out.line(0, "Readiness Gates:");
            out.line(1, "Type\tStatus");
            for (Obj gate : gates) {
                String type = gate.text("conditionType");
                String status = "<none>";
                for (Obj condition : conditions) {
                    status = condition.text("type").equals(type) ? condition.text("status") : status;
                }
                out.line(1, type + " \t" + status + " ");
            }
        }
        if (!conditions.isEmpty()) {
            out.line(0, "Conditions:");
            out.line(1, "Type\tStatus");
            conditions.forEach(c -> out.line(1, c.text("type") + " \t" + c.text("status") + " "));
        }
    }
}
