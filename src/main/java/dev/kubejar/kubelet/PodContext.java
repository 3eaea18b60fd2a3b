package dev.kubejar.kubelet;

import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.Map;

/** What the parts of a kubelet need to look at one pod: the object, its record, its node, and the world around it. */
final class PodContext {
    /** What a connection to an address and port came to; {@code status} is 0 where no HTTP was spoken. */
    record Connection(boolean open, int status, String body, String error) {}

    /** The network as a node sees it. */
    interface Network {
        Connection connect(String node, String host, int port);

        Connection get(String node, String host, int port, String path, Map<String, String> headers);
    }

    private final Obj pod;
    private final PodRecord record;
    private final Obj node;
    private final Client client;
    private final ContainerRuntime runtime;
    private final Network network;
    private final EventRecorder events;
    private final Instant now;

    PodContext(
            Obj pod,
            PodRecord record,
            Obj node,
            Client client,
            ContainerRuntime runtime,
            Network network,
            EventRecorder events,
            Instant now) {
        this.pod = pod;
        this.record = record;
        this.node = node;
        this.client = client;
        this.runtime = runtime;
        this.network = network;
        this.events = events;
        this.now = now;
    }

    Obj pod() {
        return pod;
    }

    PodRecord record() {
        return record;
    }

    Obj node() {
        return node;
    }

    Client client() {
        return client;
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    Instant now() {
        return now;
    }

    /** The pod's own address, the node's where it shares the node's network. */
    String ip() {
        return Containers.hostNetwork(pod) ? hostIp() : record.ip();
    }

    String hostIp() {
        for (Obj address : node.list("status.addresses")) {
            if (address.text("type").equals("InternalIP")) {
                return address.text("address");
            }
        }
        return "";
    }

    /** An event about one of the pod's containers. */
    void event(Obj container, String type, String reason, String message) {
        events.record(pod, Containers.fieldPath(pod, container.text("name")), type, reason, message, Map.of());
    }

    /** An event about the pod. */
    void event(String type, String reason, String message) {
        events.record(pod, "", type, reason, message, Map.of());
    }

    Connection connect(String host, int port) {
        return network.connect(node.name(), host, port);
    }

    /** An HTTP GET as a probe or hook sends it. */
    Connection get(String host, int port, String path, Obj spec) {
        Map<String, String> headers = new java.util.TreeMap<>();
        for (Obj header : spec.list("httpHeaders")) {
            headers.put(header.text("name"), header.text("value"));
        }
        return network.get(node.name(), host, port, path.startsWith("/") ? path : "/" + path, headers);
    }
}
