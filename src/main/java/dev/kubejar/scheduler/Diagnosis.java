package dev.kubejar.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Why a pod fits nowhere: each node's verdict, counted and put into words. */
final class Diagnosis {
    private final int nodes;
    private final Map<String, Verdict> byNode = new LinkedHashMap<>();
    /** For the nodes that were not looked at; null where all were. */
    private String absent;

    private Verdict before;
    private final Set<String> plugins = new TreeSet<>();

    Diagnosis(int nodes) {
        this.nodes = nodes;
    }

    void add(NodeInfo node, Verdict verdict) {
        byNode.put(node.name(), verdict);
        plugins.add(verdict.plugin());
    }

    /** What is said of all nodes that have no verdict of their own. */
    void absent(String reason, Set<String> why) {
        absent = reason;
        plugins.addAll(why);
    }

    /** The pod was turned away before any node was looked at. */
    void before(Verdict verdict) {
        before = verdict;
        plugins.add(verdict.plugin());
    }

    boolean beforeNodes() {
        return before != null;
    }

    /** The plugins that turned the pod away. */
    Set<String> plugins() {
        return plugins;
    }

    Verdict of(String node) {
        return byNode.get(node);
    }

    /** {@code 0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.} */
    String message() {
        StringBuilder text = new StringBuilder("0/").append(nodes).append(" nodes are available:");
        if (before != null) {
            return text.append(' ')
                    .append(String.join(", ", before.reasons()))
                    .append('.')
                    .toString();
        }
        List<String> reasons = reasons();
        if (!reasons.isEmpty()) {
            text.append(' ').append(String.join(", ", reasons)).append('.');
        }
        return text.toString();
    }

    private List<String> reasons() {
        Map<String, Integer> counts = new TreeMap<>();
        byNode.values().forEach(verdict -> verdict.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum)));
        if (absent != null && byNode.size() < nodes) {
            counts.merge(absent, nodes - byNode.size(), Integer::sum);
        }
        List<String> reasons = new ArrayList<>();
        counts.forEach((reason, count) -> reasons.add(count + " " + reason));
        Collections.sort(reasons);
        return reasons;
    }
}
