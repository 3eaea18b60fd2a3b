package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.Taints;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.Set;

/** Keeps pods off cordoned nodes, unless they tolerate the taint that stands for it. */
public final class NodeUnschedulable implements Plugin {
    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_TAINT);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        boolean closed = node.node().bool("spec.unschedulable")
                && !Taints.tolerates(cycle.pod(), "node.kubernetes.io/unschedulable", "", "NoSchedule");
        return closed ? Verdict.unresolvable(name(), "node(s) were unschedulable") : Verdict.SUCCESS;
    }
}
