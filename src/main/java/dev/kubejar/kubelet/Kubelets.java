package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.NodeStreams;
import dev.kubejar.sim.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The nodes' side of the cluster, put together: kubelets, their runtime, their streams. */
public final class Kubelets {
    private final Kubelet kubelet;
    private final Nodes nodes;

    /**
     * @param open whether any valid image reference pulls
     * @param advance plays the cluster up to an instant: for an exec that has to wait
     */
    public Kubelets(ActorContext cluster, BooleanSupplier open, Consumer<Instant> advance) {
        Images images = new Images(cluster.memory(), open);
        ContainerRuntime runtime = new SimpleRuntime();
        this.kubelet = new Kubelet(cluster, runtime, new NoNetwork(), images);
        this.nodes = new Nodes(cluster);
    }

    public List<Actor<Change>> actors() {
        return List.of(kubelet);
    }

    /** Forgets what is held of the memory: somebody else has changed it. */
    public void forget() {}

    public NodeStreams streams() {
        return null;
    }

    /** Adds or removes nodes with kubelets until there are this many; the first is the control plane. */
    public void nodes(int count, Map<String, String> capacity) {
        nodes.resize(count, capacity);
    }
}
