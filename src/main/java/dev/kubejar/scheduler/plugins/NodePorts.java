package dev.kubejar.scheduler.plugins;

import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.Load;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.List;
import java.util.Set;

/** Host ports are given once for each address of a node. */
public final class NodePorts implements Plugin {
    private static final String ANY = "0.0.0.0";

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.POD_DELETE);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        List<String> wanted = cycle.note(name(), () -> Load.hostPorts(cycle.pod()));
        if (wanted.isEmpty()) {
            return Verdict.SUCCESS;
        }
        for (String port : wanted) {
            for (String taken : node.hostPorts()) {
                if (conflict(port, taken)) {
                    return Verdict.unschedulable(name(), "node(s) didn't have free ports for the requested pod ports");
                }
            }
        }
        return Verdict.SUCCESS;
    }

    private static boolean conflict(String a, String b) {
        String[] one = a.split("/");
        String[] two = b.split("/");
        return one[0].equals(two[0])
                && one[2].equals(two[2])
                && (one[1].equals(two[1]) || one[1].equals(ANY) || two[1].equals(ANY));
    }
}
