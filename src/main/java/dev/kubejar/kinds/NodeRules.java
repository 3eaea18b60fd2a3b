package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.AffinityRules;
import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of Nodes. */
final class NodeRules {
    private NodeRules() {}

    static void check(Obj node, Obj before, Problems problems) {
        taints(problems, node.list("spec.taints"));
        amounts(problems, node);
        features(problems, node);
        podRanges(problems, node);
        if (before != null) {
            update(problems, node, before);
        }
        if (!node.text("spec.externalID").isEmpty()) {
            problems.warn("spec.externalID: this field is deprecated, and is unused by Kubernetes");
        }
    }

    static void status(Obj node, Obj before, Problems problems) {
        amounts(problems, node);
        update(problems, node, before);
    }

    private static void taints(Problems problems, List<Obj> taints) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < taints.size(); i++) {
            String path = "metadata.taints[" + i + "]";
            Obj taint = taints.get(i);
            Values.named(problems, path + ".key", taint.text("key"), Names.qualified(taint.text("key")));
            List<String> faults = Names.labelValue(taint.text("value"));
            if (!faults.isEmpty()) {
                problems.invalid(path + ".value", taint.text("value"), String.join(";", faults));
            }
            if (Values.required(problems, path, taint, "effect")) {
                AffinityRules.taintEffect(problems, path + ".effect", taint.text("effect"));
            }
            if (!seen.add(taint.text("effect") + "/" + taint.text("key"))) {
                Obj shown = Obj.create()
                        .set("Key", taint.text("key"))
                        .set("Value", taint.text("value"))
                        .set("Effect", taint.text("effect"))
                        .set("TimeAdded", taint.has("timeAdded") ? taint.at("timeAdded") : nullNode());
                problems.add(
                        "FieldValueDuplicate",
                        path,
                        "Duplicate value: " + shown + ": taints must be unique by key and effect pair");
            }
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode nullNode() {
        return com.fasterxml.jackson.databind.node.NullNode.getInstance();
    }

    private static void amounts(Problems problems, Obj node) {
        for (String list : List.of("capacity", "allocatable")) {
            Resources.amounts(node.obj("status." + list))
                    .forEach((name, amount) -> Resources.amount(problems, "status." + list + "." + name, name, amount));
        }
    }

    private static void features(Problems problems, Obj node) {
        if (node.has("status.nodeInfo.swap.capacity")) {
            long capacity = node.number("status.nodeInfo.swap.capacity");
            if (capacity <= 0) {
                problems.invalid("metadata.nodeSwapStatus.capacity", capacity, Values.POSITIVE);
            }
        }
        List<String> features = node.texts("status.declaredFeatures");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            String path = "status.declaredFeatures[" + i + "]";
            String name = features.get(i);
            if (!name.matches("[A-Z][A-Za-z0-9]*(/[A-Za-z0-9]+)*")) {
                problems.invalid(
                        path,
                        name,
                        "invalid feature name " + Problems.quoted(name) + ": must start with an UpperCamelCase segment,"
                                + " with subsequent segments separated by '/' (e.g., MyFeature or"
                                + " MyFeature/mySubFeature), and contain only alphanumeric characters and slashes");
            }
            if (!seen.add(name)) {
                problems.duplicate(path, name);
            }
        }
    }

    private static void podRanges(Problems problems, Obj node) {
        List<String> ranges = node.texts("spec.podCIDRs");
        Set<String> families = new HashSet<>();
        for (int i = 0; i < ranges.size(); i++) {
            Addresses.range(problems, "spec.podCIDRs[" + i + "]", ranges.get(i));
            families.add(Addresses.family(ranges.get(i).replaceFirst("/.*", "")));
        }
        if (ranges.size() > 1 && (families.size() < 2 || ranges.size() > 2)) {
            problems.invalid(
                    "spec.podCIDRs", node.at("spec.podCIDRs"), "may specify no more than one CIDR for each IP family");
        }
    }

    private static void update(Problems problems, Obj node, Obj before) {
        Set<Obj> addresses = new HashSet<>();
        List<Obj> all = node.list("status.addresses");
        for (int i = 0; i < all.size(); i++) {
            if (!addresses.add(all.get(i))) {
                problems.duplicate("status.addresses[" + i + "]", GoStructs.of("NodeAddress", all.get(i)));
            }
        }
        List<String> old = before.texts("spec.podCIDRs");
        if (!old.isEmpty() && !old.equals(node.texts("spec.podCIDRs"))) {
            problems.forbidden("spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
        }
        String provider = before.text("spec.providerID");
        if (!provider.isEmpty() && !provider.equals(node.text("spec.providerID"))) {
            problems.forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
        }
        if (!node.list("spec.taints").isEmpty()) {
            taints(problems, node.list("spec.taints"));
        }
        if (!node.text("spec.externalID").equals(before.text("spec.externalID"))) {
            problems.forbidden("spec.externalID", "may not be updated");
        }
    }
}
