package dev.kubejar.scheduler;

import dev.kubejar.client.Client;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.Obj;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One attempt to place one pod: the pod, the nodes, and what plugins have found out on the way. */
public final class Cycle {
    private final Client client;
    private final Snapshot snapshot;
    private final Obj pod;
    private final List<NodeInfo> nodes;
    private final Set<String> without;
    private final Map<String, Object> notes = new HashMap<>();
    private final Map<String, Long> requests;
    private final Map<String, Long> nonZero;

    Cycle(Client client, Snapshot snapshot, Obj pod, List<NodeInfo> nodes, Set<String> without) {
        this.client = client;
        this.snapshot = snapshot;
        this.pod = pod;
        this.nodes = nodes;
        this.without = without;
        this.requests = Requests.of(pod);
        this.nonZero = Requests.nonZero(pod);
    }

    /** The same attempt as if pods with these UIDs were not there. */
    Cycle without(Set<String> uids) {
        return new Cycle(client, snapshot, pod, nodes, uids);
    }

    public Client client() {
        return client;
    }

    public Obj pod() {
        return pod;
    }

    /** All nodes, feasible or not, by name. */
    public List<NodeInfo> nodes() {
        return nodes;
    }

    public Map<String, Long> requests() {
        return requests;
    }

    public Map<String, Long> nonZeroRequests() {
        return nonZero;
    }

    /** A plugin's finding, worked out once in the attempt. */
    @SuppressWarnings("unchecked")
    public <T> T note(String name, Supplier<T> finding) {
        Object known = notes.get(name);
        if (known == null) {
            known = finding.get();
            notes.put(name, known);
        }
        return (T) known;
    }

    /** The pods of a node that have not ended. */
    public List<Obj> podsOn(String node) {
        return note("pods-on/" + node, () -> {
            Request request = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node);
            return client.call(request).items().stream().filter(this::present).toList();
        });
    }

    /** The placed pods of a namespace that a selector matches. */
    public List<Obj> podsMatching(String namespace, Selector selector) {
        if (selector.isNothing()) {
            return List.of();
        }
        return note(
                "pods-matching/" + namespace + "/" + selector.text(),
                () -> client.list(Resources.PODS, namespace, selector.text()).stream()
                        .filter(found -> !found.text("spec.nodeName").isEmpty())
                        .filter(this::present)
                        .toList());
    }

    /** How many of the placed pods of a namespace a selector matches on each node, not counting those being deleted. */
    public Map<String, Long> countsMatching(String namespace, Selector selector) {
        if (selector.isNothing()) {
            return Map.of();
        }
        if (without.isEmpty()) {
            return snapshot.matching(namespace, selector);
        }
        Map<String, Long> onNode = new HashMap<>();
        for (Obj found : podsMatching(namespace, selector)) {
            if (!found.deleting()) {
                onNode.merge(found.text("spec.nodeName"), 1L, Long::sum);
            }
        }
        return onNode;
    }

    private boolean present(Obj found) {
        return !Pods.terminal(found) && !without.contains(found.uid());
    }

    /** The node of a name, or null. */
    public NodeInfo node(String name) {
        Map<String, NodeInfo> byName = note("nodes-by-name", () -> {
            Map<String, NodeInfo> map = new HashMap<>();
            nodes.forEach(node -> map.put(node.name(), node));
            return map;
        });
        return byName.get(name);
    }
}
