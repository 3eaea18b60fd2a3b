package dev.kubejar.scheduler.plugins;

import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.Set;

/** A pod that names its node goes there only. */
public final class NodeName implements Plugin {
    @Override
    public String name() {
        return "NodeName";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        String wanted = cycle.pod().text("spec.nodeName");
        return wanted.isEmpty() || wanted.equals(node.name())
                ? Verdict.SUCCESS
                : Verdict.unresolvable(name(), "node(s) didn't match the requested node name");
    }
}
