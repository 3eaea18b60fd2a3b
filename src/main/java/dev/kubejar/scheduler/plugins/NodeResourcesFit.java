package dev.kubejar.scheduler.plugins;

import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node must have left what a pod asks for; the emptiest is liked best (LeastAllocated). */
public final class NodeResourcesFit implements Plugin {
    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_ALLOCATABLE, Event.POD_DELETE);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        List<String> reasons = new ArrayList<>();
        boolean hopeless = false;
        if (node.pods() + 1 > node.allocatable("pods")) {
            reasons.add("Too many pods");
        }
        Map<String, Long> requests = cycle.requests();
        Set<String> names = new LinkedHashSet<>(List.of("cpu", "memory", "ephemeral-storage"));
        names.addAll(requests.keySet());
        for (String name : names) {
            long wanted = requests.getOrDefault(name, 0L);
            long allocatable = node.allocatable(name);
            if (wanted > 0 && wanted > allocatable - node.requested(name)) {
                reasons.add("Insufficient " + name);
                hopeless |= wanted > allocatable;
            }
        }
        if (reasons.isEmpty()) {
            return Verdict.SUCCESS;
        }
        return new Verdict(
                hopeless ? Verdict.Code.UNRESOLVABLE : Verdict.Code.UNSCHEDULABLE, name(), List.copyOf(reasons));
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public long score(Cycle cycle, NodeInfo node) {
        long sum = 0;
        long weights = 0;
        for (String name : new String[] {"cpu", "memory"}) {
            long allocatable = node.allocatable(name);
            if (allocatable > 0) {
                long requested =
                        node.nonZeroRequested(name) + cycle.nonZeroRequests().getOrDefault(name, 0L);
                sum += requested > allocatable ? 0 : (allocatable - requested) * 100 / allocatable;
                weights++;
            }
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
