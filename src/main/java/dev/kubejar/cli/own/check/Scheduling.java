package dev.kubejar.cli.own.check;

import dev.kubejar.client.Conditions;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Quantity;
import java.util.List;

/** Why a pod has no node, and which of its wishes is to blame. */
final class Scheduling {
    private final World world;
    private final Workloads workloads;

    Scheduling(World world, Workloads workloads) {
        this.world = world;
        this.workloads = workloads;
    }

    boolean tell(Manifest manifest, Obj pod) {
        if (Workloads.ready(pod) || pod.text("status.phase").equals("Succeeded")) {
            return false;
        }
        Obj scheduled = Conditions.find(pod, "PodScheduled");
        if (scheduled == null) {
            String scheduler = pod.text("spec.schedulerName");
            world.findings.add(
                    "unschedulable",
                    manifest,
                    manifest.podField("spec.schedulerName"),
                    "nobody schedules it: there is no scheduler \"" + scheduler + "\"");
            return true;
        }
        String message = scheduled.text("message");
        if (scheduled.text("reason").equals("SchedulingGated")) {
            world.findings.add(
                    "unschedulable", manifest, manifest.podField("spec.schedulingGates"), "scheduling is gated");
            return true;
        }
        if (message.contains("persistentvolumeclaim")
                || message.contains("PersistentVolumeClaim")
                || message.contains("persistent volumes to bind")) {
            return claims(manifest, pod);
        }
        world.findings.add(
                "unschedulable", manifest, blamed(manifest, message), "unschedulable: " + shortened(message));
        return true;
    }

    /** The claims' own causes are told with them. */
    private boolean claims(Manifest manifest, Obj pod) {
        return new Claims(world, workloads).tell(manifest, pod);
    }

    /** Without what would follow if others made room. */
    private static String shortened(String message) {
        for (String tail : new String[] {" no new claims to deallocate", " preemption: "}) {
            int at = message.indexOf(tail);
            if (at > 0) {
                String head = message.substring(0, at).strip();
                return head.endsWith(",") ? head.substring(0, head.length() - 1) : head;
            }
        }
        return message;
    }

    private static String blamed(Manifest manifest, String message) {
        Obj spec = manifest.pod().obj("spec");
        String field = "";
        if (message.contains("node affinity/selector")) {
            field = first(spec, "nodeSelector", "affinity.nodeAffinity");
        }
        if (field.isEmpty() && message.contains("Insufficient ")) {
            field = largest(spec, message);
        }
        if (field.isEmpty() && message.contains("anti-affinity")) {
            field = first(spec, "affinity.podAntiAffinity");
        }
        if (field.isEmpty() && message.contains("pod affinity")) {
            field = first(spec, "affinity.podAffinity");
        }
        if (field.isEmpty() && message.contains("topology spread")) {
            field = first(spec, "topologySpreadConstraints");
        }
        if (field.isEmpty() && message.contains("free ports")) {
            field = ports(spec);
        }
        if (field.isEmpty() && message.contains("volume")) {
            field = first(spec, "volumes");
        }
        if (field.isEmpty() && message.contains("untolerated taint")) {
            field = first(spec, "tolerations", "nodeSelector", "affinity");
        }
        return manifest.podField(field.isEmpty() ? "spec" : "spec." + field);
    }

    private static String first(Obj spec, String... fields) {
        for (String field : fields) {
            if (spec.has(field)) {
                return field;
            }
        }
        return "";
    }

    private static String ports(Obj spec) {
        List<Obj> containers = spec.list("containers");
        for (int i = 0; i < containers.size(); i++) {
            List<Obj> ports = containers.get(i).list("ports");
            for (int j = 0; j < ports.size(); j++) {
                if (ports.get(j).has("hostPort")) {
                    return "containers[" + i + "].ports[" + j + "].hostPort";
                }
            }
        }
        return "";
    }

    /** Of the containers that ask for what is short, the one that asks for most. */
    private static String largest(Obj spec, String message) {
        String found = "";
        Quantity most = null;
        for (String list : new String[] {"containers", "initContainers"}) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                for (String kind : new String[] {"requests", "limits"}) {
                    var asked = containers.get(i).map("resources." + kind);
                    for (var each : asked.entrySet()) {
                        boolean said = message.contains("Insufficient " + each.getKey());
                        Quantity amount = said ? quantity(each.getValue()) : null;
                        if (amount != null && (most == null || amount.compareTo(most) > 0)) {
                            most = amount;
                            found = list + "[" + i + "].resources." + kind + "." + each.getKey();
                        }
                    }
                }
            }
        }
        return found;
    }

    private static Quantity quantity(String text) {
        try {
            return Quantity.parse(text);
        } catch (ParseError e) {
            return null;
        }
    }
}
