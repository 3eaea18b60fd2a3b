package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.pod.PodResources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code kubectl describe node} tells. */
final class NodeDescription {
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    private static final GroupVersionResource LEASES = new GroupVersionResource("coordination.k8s.io", "v1", "leases");

    private NodeDescription() {}

    static void write(Obj node, Describe out, Related related) {
        out.field("Name", node.name());
        out.field("Roles", Node.roles(node));
        Parts.metadata(node, out);
        out.field("CreationTimestamp", Parts.time(node, "metadata.creationTimestamp"));
        taints(node, out);
        out.field("Unschedulable", Boolean.toString(node.bool("spec.unschedulable")));
        lease(node, out, related);
        conditions(node, out);
        out.line(0, "Addresses:");
        for (Obj address : node.list("status.addresses")) {
            out.field(1, address.text("type"), address.text("address"));
        }
        for (String list : List.of("Capacity", "Allocatable")) {
            Obj amounts = node.obj(list.equals("Capacity") ? "status.capacity" : "status.allocatable");
            if (!amounts.isEmpty()) {
                out.line(0, list + ":");
                Parts.resources(1, amounts, out);
            }
        }
        system(node, out);
        String selector = "spec.nodeName=" + node.name() + ",status.phase!=Failed,status.phase!=Succeeded";
        pods(node, related.list(PODS, "", "", selector), out, related);
        Parts.events(node, out, related);
    }

    private static void taints(Obj node, Describe out) {
        List<Obj> taints = new ArrayList<>(node.list("spec.taints"));
        taints.sort(Comparator.comparing(taint -> taint.text("effect") + "," + taint.text("key")));
        List<String> texts = new ArrayList<>();
        for (Obj taint : taints) {
            String key = taint.text("key");
            String value = taint.text("value");
            String effect = taint.text("effect");
            if (effect.isEmpty()) {
                texts.add(value.isEmpty() ? key : key + "=" + value + ":");
            } else {
                texts.add((value.isEmpty() ? key : key + "=" + value) + ":" + effect);
            }
        }
        Parts.lines("Taints", texts, out);
    }

    private static void lease(Obj node, Describe out, Related related) {
        Optional<Obj> found = related.find(LEASES, "kube-node-lease", node.name());
        if (found.isEmpty()) {
            out.field("Lease", "Failed to get lease: leases.coordination.k8s.io \"" + node.name() + "\" not found");
            return;
        }
        Obj lease = found.get();
        out.line(0, "Lease:");
        out.field(1, "HolderIdentity", lease.text("spec.holderIdentity", "<unset>"));
        out.field(1, "AcquireTime", time(lease, "spec.acquireTime"));
        out.field(1, "RenewTime", time(lease, "spec.renewTime"));
    }

    private static String time(Obj lease, String path) {
        return lease.has(path) ? Parts.time(lease, path) : "<unset>";
    }

    private static void conditions(Obj node, Describe out) {
        List<Obj> conditions = node.list("status.conditions");
        if (conditions.isEmpty()) {
            return;
        }
        out.line(0, "Conditions:");
        out.line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
        out.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
        for (Obj c : conditions) {
            out.line(
                    1,
                    c.text("type") + " \t" + c.text("status") + " \t" + Parts.time(c, "lastHeartbeatTime") + " \t"
                            + Parts.time(c, "lastTransitionTime") + " \t" + c.text("reason") + " \t"
                            + c.text("message"));
        }
    }

    private static void system(Obj node, Describe out) {
        out.line(0, "System Info:");
        Obj info = node.obj("status.nodeInfo");
        out.field(1, "Machine ID", info.text("machineID"));
        out.field(1, "System UUID", info.text("systemUUID"));
        out.field(1, "Boot ID", info.text("bootID"));
        out.field(1, "Kernel Version", info.text("kernelVersion"));
        out.field(1, "OS Image", info.text("osImage"));
        out.field(1, "Operating System", info.text("operatingSystem"));
        out.field(1, "Architecture", info.text("architecture"));
        out.field(1, "Container Runtime Version", info.text("containerRuntimeVersion"));
        out.field(1, "Kubelet Version", info.text("kubeletVersion"));
        optional("PodCIDR", node.text("spec.podCIDR"), out);
        optional("PodCIDRs", String.join(",", node.texts("spec.podCIDRs")), out);
        optional("ProviderID", node.text("spec.providerID"), out);
    }

    private static void optional(String title, String value, Describe out) {
        if (!value.isEmpty()) {
            out.field(title, value);
        }
    }

    private static void pods(Obj node, List<Obj> pods, Describe out, Related related) {
        out.field("Non-terminated Pods", "(" + pods.size() + " in total)");
        out.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
        out.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
        Obj allocatable = node.obj(node.obj("status.allocatable").isEmpty() ? "status.capacity" : "status.allocatable");
        Map<String, Quantity> allRequests = new TreeMap<>();
        Map<String, Quantity> allLimits = new TreeMap<>();
        for (Obj pod : pods) {
            Map<String, Quantity> requests = PodResources.effective(pod.obj("spec"), "requests");
            Map<String, Quantity> limits = PodResources.effective(pod.obj("spec"), "limits");
            String age = Times.since(pod.time("metadata.creationTimestamp"), related.now());
            out.line(
                    1,
                    pod.namespace() + "\t" + pod.name() + "\t\t" + share(requests, allocatable, "cpu") + "\t"
                            + share(limits, allocatable, "cpu") + "\t" + share(requests, allocatable, "memory") + "\t"
                            + share(limits, allocatable, "memory") + "\t" + age);
            requests.forEach((name, quantity) -> allRequests.merge(name, quantity, Quantity::add));
            limits.forEach((name, quantity) -> allLimits.merge(name, quantity, Quantity::add));
        }
        out.line(0, "Allocated resources:");
        out.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
        out.line(1, "Resource\tRequests\tLimits");
        out.line(1, "--------\t--------\t------");
        for (String name : listed(allocatable)) {
            boolean shares = name.equals("cpu")
                    || name.equals("memory")
                    || name.equals("ephemeral-storage")
                    || name.startsWith("hugepages-");
            String line = shares
                    ? share(allRequests, allocatable, name) + "\t" + share(allLimits, allocatable, name)
                    : of(allRequests, name) + "\t" + of(allLimits, name);
            out.line(1, name + "\t" + line);
        }
    }

    /** The standard resources, then huge pages, then extended ones, each by name. */
    private static List<String> listed(Obj allocatable) {
        List<String> names = new ArrayList<>(List.of("cpu", "memory", "ephemeral-storage"));
        TreeSet<String> extended = new TreeSet<>();
        for (String name : Parts.sorted(allocatable).keySet()) {
            if (name.startsWith("hugepages-")) {
                names.add(name);
            } else if (!names.contains(name) && !name.equals("pods")) {
                extended.add(name);
            }
        }
        names.addAll(extended);
        return names;
    }

    private static Quantity of(Map<String, Quantity> amounts, String name) {
        return amounts.getOrDefault(name, Quantity.ZERO);
    }

    private static String share(Map<String, Quantity> amounts, Obj allocatable, String name) {
        Quantity amount = of(amounts, name);
        Quantity all = Quantity.of(allocatable.node().path(name));
        boolean milli = name.equals("cpu");
        double whole = milli ? all.milliValue() : all.value();
        double part = milli ? amount.milliValue() : amount.value();
        return amount + " (" + (whole == 0 ? 0 : (long) (part / whole * 100)) + "%)";
    }
}
