package dev.kubejar.scheduler;

import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.Obj;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes, and how many pods of a kind are on each, read when first asked for and brought forward by
 * each change. An attempt's cost does not grow with the pods there are.
 */
final class Snapshot {
    private static final int MOST_COUNTS = 256;

    /** The placed pods of a namespace that a selector matches, which neither have ended nor are being deleted, by node. */
    private record Count(String namespace, Selector selector, Map<String, Long> byNode) {
        void change(Obj pod, long by) {
            if (pod != null && counts(pod) && pod.namespace().equals(namespace) && selector.matches(pod)) {
                byNode.merge(pod.text("spec.nodeName"), by, Long::sum);
            }
        }

        private static boolean counts(Obj pod) {
            return Load.counts(pod) && !pod.deleting();
        }
    }

    private final Client client;
    private final Loads loads;
    private final Map<String, Count> counts = new HashMap<>();
    private TreeMap<String, NodeInfo> byName;
    private List<NodeInfo> nodes;

    Snapshot(Client client, Loads loads) {
        this.client = client;
        this.loads = loads;
    }

    void observe(Change change) {
        if (change.of(Resources.PODS)) {
            for (Count count : counts.values()) {
                count.change(change.before(), -1);
                count.change(change.after(), 1);
            }
        } else if (byName != null && change.of(Resources.NODES)) {
            nodes = null;
            if (change.deleted()) {
                byName.remove(change.ref().name());
            } else {
                byName.put(change.ref().name(), info(change.after()));
            }
        }
    }

    void forget() {
        counts.clear();
        byName = null;
        nodes = null;
    }

    NodeInfo info(Obj node) {
        return new NodeInfo(node, () -> loads.of(node.name()));
    }

    /** All nodes, by name. */
    List<NodeInfo> nodes() {
        if (byName == null) {
            byName = new TreeMap<>();
            for (Obj node : client.list(Resources.NODES, "")) {
                byName.put(node.name(), info(node));
            }
        }
        if (nodes == null) {
            nodes = List.copyOf(byName.values());
        }
        return nodes;
    }

    /** How many placed pods of a namespace a selector matches on each node; not to be changed. */
    Map<String, Long> matching(String namespace, Selector selector) {
        String key = namespace + "/" + selector.text();
        Count known = counts.get(key);
        if (known == null) {
            known = new Count(namespace, selector, new HashMap<>());
            for (Obj pod : client.list(Resources.PODS, namespace, selector.text())) {
                known.change(pod, 1);
            }
            if (counts.size() == MOST_COUNTS) {
                counts.clear();
            }
            counts.put(key, known);
        }
        return known.byNode();
    }
}
