package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives a node made by hand what every node gets: a range for its pods, and the annotation that says how
 * long its kubelet may keep what it has read.
 */
final class NodeRanges extends Controller {
    private static final String TTL = "node.alpha.kubernetes.io/ttl";
    private static final int RANGES = 256;

    NodeRanges(ActorContext context) {
        super(context, "node-ranges", "node-ipam-controller", "cidrAllocator");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.NODES)) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj node = client.find(ref).orElse(null);
        if (node == null || node.deleting()) {
            return Outcome.done();
        }
        boolean marked = !node.annotation(TTL).isEmpty();
        boolean ranged = !node.text("spec.podCIDR").isEmpty();
        if (marked && ranged) {
            return Outcome.done();
        }
        Obj changed = node.copy();
        if (!marked) {
            changed.setAnnotation(TTL, "0");
        }
        if (!ranged) {
            String range = free();
            if (range != null) {
                changed.set("spec.podCIDR", range).setTexts("spec.podCIDRs", List.of(range));
            } else if (marked) {
                return Outcome.done();
            }
        }
        client.update(Resources.NODES, changed);
        return Outcome.done();
    }

    /** The first range that no node has, or null. */
    private String free() {
        Set<String> taken = new HashSet<>();
        for (Obj node : client.list(Resources.NODES, "")) {
            taken.add(node.text("spec.podCIDR"));
        }
        for (int number = 0; number < RANGES; number++) {
            String range = "10.244." + number + ".0/24";
            if (!taken.contains(range)) {
                return range;
            }
        }
        return null;
    }
}
