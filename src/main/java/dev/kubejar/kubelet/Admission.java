package dev.kubejar.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.NodeTerms;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Taints;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a kubelet takes a pod that nobody has scheduled: pkg/kubelet/lifecycle/predicate.go. What the scheduler has
 * placed has passed the same questions.
 */
final class Admission {
    /** Why a pod is turned away: the status' reason, and what its event says. */
    record Refusal(String reason, String message) {}

    private final Client client;
    private final Obj pod;
    private final Obj node;

    Admission(Client client, Obj pod, Obj node) {
        this.client = client;
        this.pod = pod;
        this.node = node;
    }

    /** The first thing that stands against the pod, or null. */
    Refusal check() {
        if (pod.has("spec.os.name") && !pod.text("spec.os.name").equals("linux")) {
            return new Refusal("PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS");
        }
        List<Obj> others = others();
        Refusal shortage = shortage(others);
        if (shortage != null) {
            return shortage;
        }
        if (!NodeTerms.matches(pod, node)) {
            return failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
        }
        List<String> taken = new ArrayList<>();
        others.forEach(other -> taken.addAll(ports(other)));
        for (String port : ports(pod)) {
            if (taken.contains(port)) {
                return failed("NodePorts", "node(s) didn't have free ports for the requested pod ports");
            }
        }
        for (Obj taint : node.list("spec.taints")) {
            if (taint.text("effect").equals("NoExecute") && !Taints.tolerates(pod, taint)) {
                return failed("TaintToleration", "node(s) had taints that the pod didn't tolerate");
            }
        }
        return null;
    }

    /** What the node lacks to give the pod all that it asks for, or null. */
    Refusal shortage() {
        return shortage(others());
    }

    private static Refusal failed(String predicate, String why) {
        return new Refusal(predicate, "Predicate " + predicate + " failed: " + why);
    }

    private List<Obj> others() {
        List<Obj> others = new ArrayList<>();
        Request here = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node.name());
        for (Obj other : client.call(here).items()) {
            String phase = other.text("status.phase");
            if (!other.uid().equals(pod.uid()) && !phase.equals("Failed") && !phase.equals("Succeeded")) {
                others.add(other);
            }
        }
        return others;
    }

    private Refusal shortage(List<Obj> others) {
        Map<String, Long> capacity = amounts(node.at("status.allocatable"));
        long most = capacity.getOrDefault("pods", 0L);
        if (others.size() + 1 > most) {
            return insufficient("pods", 1, others.size(), most);
        }
        Map<String, Long> used = new TreeMap<>();
        others.forEach(other -> add(used, requests(other)));
        Map<String, Long> wanted = requests(pod);
        for (String name : new String[] {"cpu", "memory", "ephemeral-storage"}) {
            Refusal refusal = compare(name, wanted, used, capacity);
            if (refusal != null) {
                return refusal;
            }
        }
        for (String name : wanted.keySet()) {
            // an extended resource that the node does not know is nothing it could check
            Refusal refusal = capacity.containsKey(name) ? compare(name, wanted, used, capacity) : null;
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static Refusal compare(
            String name, Map<String, Long> wanted, Map<String, Long> used, Map<String, Long> capacity) {
        long asked = wanted.getOrDefault(name, 0L);
        long taken = used.getOrDefault(name, 0L);
        long all = capacity.getOrDefault(name, 0L);
        return asked > 0 && asked > all - taken ? insufficient(name, asked, taken, all) : null;
    }

    private static Refusal insufficient(String name, long requested, long used, long capacity) {
        return new Refusal(
                "OutOf" + name,
                "Node didn't have enough resource: " + name + ", requested: " + requested + ", used: " + used
                        + ", capacity: " + capacity);
    }

    /** Containers together, or the largest init container with the sidecars before it, whichever is more; and overhead. */
    private static Map<String, Long> requests(Obj pod) {
        Map<String, Long> total = new TreeMap<>();
        pod.list("spec.containers").forEach(container -> add(total, amounts(container.at("resources.requests"))));
        Map<String, Long> sidecars = new TreeMap<>();
        Map<String, Long> most = new TreeMap<>();
        for (Obj container : pod.list("spec.initContainers")) {
            Map<String, Long> own = amounts(container.at("resources.requests"));
            add(own, sidecars);
            if (Containers.sidecar(container)) {
                add(total, amounts(container.at("resources.requests")));
                sidecars.putAll(own);
            }
            own.forEach((name, amount) -> most.merge(name, amount, Math::max));
        }
        most.forEach((name, amount) -> total.merge(name, amount, Math::max));
        total.putAll(amounts(pod.at("spec.resources.requests")));
        add(total, amounts(pod.at("spec.overhead")));
        return total;
    }

    private static void add(Map<String, Long> into, Map<String, Long> more) {
        more.forEach((name, amount) -> into.merge(name, amount, Long::sum));
    }

    private static Map<String, Long> amounts(JsonNode list) {
        Map<String, Long> amounts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : list.properties()) {
            Quantity quantity = Quantity.of(field.getValue());
            amounts.put(field.getKey(), field.getKey().equals("cpu") ? quantity.milliValue() : quantity.value());
        }
        return amounts;
    }

    private static List<String> ports(Obj pod) {
        List<String> ports = new ArrayList<>();
        for (Obj container : Containers.all(pod)) {
            for (Obj port : container.list("ports")) {
                if (port.number("hostPort") > 0) {
                    ports.add(port.text("protocol", "TCP") + "/" + port.text("hostIP") + "/" + port.text("hostPort"));
                }
            }
        }
        return ports;
    }
}
