package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.Canonical;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.Set;
import java.util.TreeSet;

/** Node (v1). */
final class Node {
    private static final String ROLE = "node-role.kubernetes.io/";

    private Node() {}

    static Kind build() {
        return KindTable.start("v1", "Node")
                .nameColumn()
                .column("Status", Node::status)
                .column("Roles", Node::roles)
                .ageColumn()
                .column("Version", node -> node.text("status.nodeInfo.kubeletVersion"))
                .wide("Internal-IP", node -> address(node, "InternalIP"))
                .wide("External-IP", node -> address(node, "ExternalIP"))
                .wide("OS-Image", node -> Cells.orElse(node.text("status.nodeInfo.osImage"), "<unknown>"))
                .wide("Kernel-Version", Node::kernel)
                .wide(
                        "Container-Runtime",
                        node -> Cells.orElse(node.text("status.nodeInfo.containerRuntimeVersion"), "<unknown>"))
                .field("spec.unschedulable", node -> Boolean.toString(node.bool("spec.unschedulable")))
                .nameRule(Names::subdomain)
                .defaults(Node::defaults)
                .prepareCreate(node -> node.child("spec").remove("configSource"))
                .prepareUpdate((node, before) -> Workloads.keepStatus(node, before))
                .rule(NodeRules::check)
                .statusRule(NodeRules::status)
                .describe(NodeDescription::write)
                .build();
    }

    private static String status(Obj node) {
        String ready = Cells.condition(node, "Ready", "status");
        String text = ready.isEmpty() ? "Unknown" : ready.equals("True") ? "Ready" : "NotReady";
        return node.bool("spec.unschedulable") ? text + ",SchedulingDisabled" : text;
    }

    /** The roles that labels name, sorted; {@code <none>} where there is none. */
    static String roles(Obj node) {
        Set<String> roles = new TreeSet<>();
        node.labels().forEach((key, value) -> {
            if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
                roles.add(key.substring(ROLE.length()));
            } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return roles.isEmpty() ? "<none>" : String.join(",", roles);
    }

    private static String address(Obj node, String type) {
        for (Obj address : node.list("status.addresses")) {
            if (address.text("type").equals(type)) {
                return address.text("address");
            }
        }
        return "<none>";
    }

    private static String kernel(Obj node) {
        String kernel = Cells.orElse(node.text("status.nodeInfo.kernelVersion"), "<unknown>");
        String architecture = node.text("status.nodeInfo.architecture");
        return architecture.isEmpty() ? kernel : kernel + " (" + architecture + ")";
    }

    private static void defaults(Obj node) {
        String range = node.text("spec.podCIDR");
        java.util.List<String> ranges = node.texts("spec.podCIDRs");
        if (!range.isEmpty() && (ranges.isEmpty() || !ranges.get(0).equals(range))) {
            node.setTexts("spec.podCIDRs", java.util.List.of(range));
        }
        Canonical.quantities(node, "status.capacity");
        Canonical.quantities(node, "status.allocatable");
        if (node.has("status.capacity") && !node.has("status.allocatable")) {
            node.set("status.allocatable", node.obj("status.capacity").copy());
        }
        node.child("status.daemonEndpoints.kubeletEndpoint").orSet("Port", 0);
    }
}
