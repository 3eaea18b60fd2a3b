package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.NodeStreams;
import dev.kubejar.client.PodUsage;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.client.Routing;
import dev.kubejar.sim.Actor;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The nodes' side of the cluster, put together: kubelets, their runtime, their streams. */
public final class Kubelets {
    private final Kubelet kubelet;
    private final Nodes nodes;
    private final ShellRuntime runtime;
    private final PodStreams streams;
    private final Metering metering;
    private final MetricsServer metrics;

    /**
     * @param routing where connections lead
     * @param open whether any valid image reference pulls
     */
    public Kubelets(ActorContext cluster, Routing routing, BooleanSupplier open) {
        Client client = cluster.system("system:node", "kubelet");
        LogStore logs = new LogStore(cluster.memory());
        this.runtime = new ShellRuntime(cluster, client, logs, routing, open);
        NodeTraffic traffic = new NodeTraffic(routing, runtime);
        this.kubelet = new Kubelet(cluster, runtime, traffic, new Images(cluster.memory(), open));
        this.nodes = new Nodes(cluster);
        this.streams = new PodStreams(cluster, logs, runtime, runtime);
        this.metering = new Metering(cluster, client, runtime);
        this.metrics = new MetricsServer(cluster, client, metering);
    }

    /** What pods use at this moment. */
    public PodUsage usage() {
        return metering;
    }

    /** Answers a request for metrics.k8s.io. */
    public Response metrics(Request request) {
        return metrics.answer(request);
    }

    public List<Actor<Change>> actors() {
        return List.of(kubelet);
    }

    /** Forgets what is held of the memory: somebody else has changed it. */
    public void forget() {
        runtime.forget();
    }

    public NodeStreams streams() {
        return streams;
    }

    /** Adds or removes nodes with kubelets until there are this many; the first is the control plane. */
    public void nodes(int count, Map<String, String> capacity) {
        nodes.resize(count, capacity);
    }

    /** Takes the nodes beyond a number away with their pods, as if they had never been. */
    public void withdraw(int count) {
        nodes.withdraw(count);
    }

    /**
     * Adds, removes, stops or starts one node.
     *
     * @return its name
     */
    public String node(String action, String name, Map<String, String> capacity) {
        switch (action) {
            case "add" -> {
                return nodes.add(name, capacity);
            }
            case "remove" -> nodes.remove(name);
            case "stop" -> nodes.stop(name);
            default -> nodes.start(name, runtime);
        }
        return name;
    }
}
