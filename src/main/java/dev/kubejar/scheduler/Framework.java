package dev.kubejar.scheduler;

import dev.kubejar.scheduler.plugins.BalancedAllocation;
import dev.kubejar.scheduler.plugins.ImageLocality;
import dev.kubejar.scheduler.plugins.InterPodAffinity;
import dev.kubejar.scheduler.plugins.NodeAffinity;
import dev.kubejar.scheduler.plugins.NodeName;
import dev.kubejar.scheduler.plugins.NodePorts;
import dev.kubejar.scheduler.plugins.NodeResourcesFit;
import dev.kubejar.scheduler.plugins.NodeUnschedulable;
import dev.kubejar.scheduler.plugins.PodTopologySpread;
import dev.kubejar.scheduler.plugins.TaintToleration;
import dev.kubejar.scheduler.plugins.VolumeBinding;
import dev.kubejar.scheduler.plugins.VolumeRestrictions;
import dev.kubejar.scheduler.plugins.VolumeZone;
import java.util.List;

/** The plugins of the default profile, in their order, and running them over nodes. */
final class Framework {
    private final List<Plugin> plugins = List.of(
            new NodeUnschedulable(),
            new NodeName(),
            new TaintToleration(),
            new NodeAffinity(),
            new NodePorts(),
            new NodeResourcesFit(),
            new VolumeRestrictions(),
            new VolumeBinding(),
            new VolumeZone(),
            new PodTopologySpread(),
            new InterPodAffinity(),
            new BalancedAllocation(),
            new ImageLocality());

    List<Plugin> plugins() {
        return plugins;
    }

    /** The first objection before any node is looked at. */
    Verdict preFilter(Cycle cycle) {
        for (Plugin plugin : plugins) {
            Verdict verdict = plugin.preFilter(cycle);
            if (!verdict.success()) {
                return verdict;
            }
        }
        return Verdict.SUCCESS;
    }

    /** The first objection to a node. */
    Verdict filter(Cycle cycle, NodeInfo node) {
        for (Plugin plugin : plugins) {
            Verdict verdict = plugin.filter(cycle, node);
            if (!verdict.success()) {
                return verdict;
            }
        }
        return Verdict.SUCCESS;
    }

    /** The weighted sum of all plugins' scores for each node. */
    long[] score(Cycle cycle, List<NodeInfo> nodes) {
        long[] total = new long[nodes.size()];
        for (Plugin plugin : plugins) {
            if (plugin.weight() == 0 || !plugin.scores(cycle)) {
                continue;
            }
            long[] scores = new long[nodes.size()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = plugin.score(cycle, nodes.get(i));
            }
            plugin.normalize(cycle, nodes, scores);
            for (int i = 0; i < scores.length; i++) {
                total[i] += scores[i] * plugin.weight();
            }
        }
        return total;
    }

    /** Lets every plugin prepare the node; the first that objects or waits ends it. */
    Verdict reserve(Cycle cycle, NodeInfo node) {
        for (Plugin plugin : plugins) {
            Verdict verdict = plugin.reserve(cycle, node);
            if (!verdict.success()) {
                return verdict;
            }
        }
        return Verdict.SUCCESS;
    }
}
