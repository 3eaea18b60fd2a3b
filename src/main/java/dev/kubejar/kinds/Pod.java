package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodDefaults;
import dev.kubejar.kinds.pod.PodDescription;
import dev.kubejar.kinds.pod.PodRules;
import dev.kubejar.kinds.pod.PodStatus;
import dev.kubejar.kinds.pod.Qos;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.List;

/** Pod (v1). */
final class Pod {
    private Pod() {}

    static Kind build() {
        return KindTable.start("v1", "Pod")
                .nameColumn()
                .column("Ready", pod -> PodStatus.of(pod).ready())
                .column("Status", pod -> PodStatus.of(pod).reason())
                .column("Restarts", "string", 0, (pod, now) -> PodStatus.of(pod).restarts(now))
                .ageColumn()
                .wide("IP", pod -> Cells.orElse(ip(pod), "<none>"))
                .wide("Node", pod -> Cells.orElse(pod.text("spec.nodeName"), "<none>"))
                .wide("Nominated Node", pod -> Cells.orElse(pod.text("status.nominatedNodeName"), "<none>"))
                .wide("Readiness Gates", Pod::readinessGates)
                .field("spec.nodeName", pod -> pod.text("spec.nodeName"))
                .field("spec.restartPolicy", pod -> pod.text("spec.restartPolicy"))
                .field("spec.schedulerName", pod -> pod.text("spec.schedulerName"))
                .field("spec.serviceAccountName", pod -> pod.text("spec.serviceAccountName"))
                .field("spec.hostNetwork", pod -> Boolean.toString(pod.bool("spec.hostNetwork")))
                .field("status.phase", pod -> pod.text("status.phase"))
                .field("status.podIP", Pod::ip)
                .field("status.podIPs", Pod::ip)
                .field("spec.host", pod -> pod.text("spec.nodeName"))
                .field("status.nominatedNodeName", pod -> pod.text("status.nominatedNodeName"))
                .indexes(pod -> pod.text("spec.nodeName").isEmpty()
                        ? List.of()
                        : List.of("spec.nodeName=" + pod.text("spec.nodeName")))
                .nameRule(Names::subdomain)
                .defaults(PodDefaults::pod)
                .prepareCreate(Pod::prepareCreate)
                .prepareUpdate(Pod::prepareUpdate)
                .rule(PodRules::pod)
                .statusRule(PodRules::status)
                .partRule("resize", PodRules::resize)
                .partRule("ephemeralcontainers", PodRules::ephemeralContainers)
                .describe(PodDescription::write)
                .build();
    }

    private static String ip(Obj pod) {
        for (Obj each : pod.list("status.podIPs")) {
            return each.text("ip");
        }
        return pod.text("status.podIP");
    }

    private static String readinessGates(Obj pod) {
        List<Obj> gates = pod.list("spec.readinessGates");
        if (gates.isEmpty()) {
            return "<none>";
        }
        long open = gates.stream()
                .filter(gate -> Cells.condition(pod, gate.text("conditionType"), "status")
                        .equals("True"))
                .count();
        return open + "/" + gates.size();
    }

    private static void prepareCreate(Obj pod) {
        Obj status = Obj.create().set("phase", "Pending").set("qosClass", Qos.of(pod.obj("spec")));
        if (!pod.list("spec.schedulingGates").isEmpty()) {
            status.set(
                    "conditions",
                    List.of(Obj.create()
                            .set("type", "PodScheduled")
                            .set("status", "False")
                            .set("reason", "SchedulingGated")
                            .set("message", "Scheduling is blocked due to non-empty scheduling gates")));
        }
        pod.set("status", status);
        PodRules.mergeLabelKeys(pod);
    }

    private static void prepareUpdate(Obj pod, Obj before) {
        if (before.has("status")) {
            pod.set("status", before.obj("status").copy());
        }
    }
}
