package dev.kubejar.scheduler;

import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A node as plugins see it; its load is counted only when one asks. */
public final class NodeInfo {
    private final Obj node;
    private final Supplier<Load> source;
    private Load load;
    private Map<String, Long> allocatable;
    private Map<String, String> labels;
    private List<Obj> taints;
    private List<Obj> images;

    NodeInfo(Obj node, Supplier<Load> source) {
        this.node = node;
        this.source = source;
    }

    /** The same node with another load. */
    NodeInfo with(Load other) {
        return new NodeInfo(node, () -> other);
    }

    public Obj node() {
        return node;
    }

    public String name() {
        return node.name();
    }

    public Map<String, String> labels() {
        if (labels == null) {
            labels = node.labels();
        }
        return labels;
    }

    public List<Obj> taints() {
        if (taints == null) {
            taints = node.list("spec.taints");
        }
        return taints;
    }

    /** The images that the node has pulled. */
    public List<Obj> images() {
        if (images == null) {
            images = node.list("status.images");
        }
        return images;
    }

    public Map<String, Long> allocatable() {
        if (allocatable == null) {
            allocatable = Requests.amounts(node.at("status.allocatable"));
        }
        return allocatable;
    }

    public long allocatable(String resource) {
        return allocatable().getOrDefault(resource, 0L);
    }

    Load load() {
        if (load == null) {
            load = source.get();
        }
        return load;
    }

    public long requested(String resource) {
        return load().requested.getOrDefault(resource, 0L);
    }

    /** Requests with the usual amounts where a container names none: cpu and memory only. */
    public long nonZeroRequested(String resource) {
        return load().nonZero.getOrDefault(resource, 0L);
    }

    public int pods() {
        return load().pods;
    }

    public List<String> hostPorts() {
        return java.util.Collections.unmodifiableList(load().ports);
    }

    public boolean hasAffinityPods() {
        return load().withAffinity > 0;
    }

    public boolean hasAntiAffinityPods() {
        return load().withAntiAffinity > 0;
    }
}
