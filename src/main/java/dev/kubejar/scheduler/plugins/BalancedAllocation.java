package dev.kubejar.scheduler.plugins;

import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import java.util.ArrayList;
import java.util.List;

/** Likes a node whose cpu and memory the pod brings into balance. */
public final class BalancedAllocation implements Plugin {
    private static final String[] RESOURCES = {"cpu", "memory"};

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public boolean scores(Cycle cycle) {
        for (String resource : RESOURCES) {
            if (cycle.requests().getOrDefault(resource, 0L) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long score(Cycle cycle, NodeInfo node) {
        return 50 + (50 + balance(cycle, node, true) - balance(cycle, node, false)) / 2;
    }

    private static long balance(Cycle cycle, NodeInfo node, boolean with) {
        List<Double> fractions = new ArrayList<>();
        for (String resource : RESOURCES) {
            long allocatable = node.allocatable(resource);
            if (allocatable > 0) {
                long pod = with ? cycle.requests().getOrDefault(resource, 0L) : 0;
                fractions.add(Math.min(1.0, (double) (node.requested(resource) + pod) / allocatable));
            }
        }
        double deviation = fractions.size() == 2 ? Math.abs(fractions.get(0) - fractions.get(1)) / 2 : 0;
        return (long) ((1 - deviation) * 100);
    }
}
