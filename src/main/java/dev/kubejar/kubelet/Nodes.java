package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Timers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Registers nodes with kubelets as a kubelet does: the Node object, its status, its lease. */
final class Nodes {
    /** Kept for each node that has been switched off. */
    static final String STOPPED = "/machine/stopped/";

    private static final String CONTROL_PLANE = "control-plane";
    private static final String LEASES = "kube-node-lease";
    private static final String VERSION = "v1.36.2";

    private final ActorContext cluster;
    private final Client client;
    private final Memory memory;

    Nodes(ActorContext cluster) {
        this.cluster = cluster;
        this.client = cluster.system("system:node", "kubelet");
        this.memory = cluster.memory();
    }

    void resize(int count, Map<String, String> capacity) {
        for (int i = 0; i < count; i++) {
            String name = i == 0 ? CONTROL_PLANE : "worker-" + i;
            if (client.find(Resources.NODES, "", name).isEmpty()) {
                register(name, i, capacity);
            }
        }
        for (int i = Math.max(count, 0); present(i == 0 ? CONTROL_PLANE : "worker-" + i); i++) {
            remove(i == 0 ? CONTROL_PLANE : "worker-" + i);
        }
    }

    /** Takes the nodes beyond a number away with their pods, before anybody has seen either. */
    void withdraw(int count) {
        for (int i = Math.max(count, 0); present(i == 0 ? CONTROL_PLANE : "worker-" + i); i++) {
            String name = i == 0 ? CONTROL_PLANE : "worker-" + i;
            List<Obj> pods = pods(name);
            remove(name);
            for (Obj pod : pods) {
                client.call(Request.delete(Resources.PODS, pod.namespace(), pod.name())
                        .grace(0L));
            }
        }
    }

    private boolean present(String name) {
        return Kubelet.runs(memory, name) || memory.get(STOPPED + name) != null;
    }

    /** Registers one more node; the first free worker's name where none is given. */
    String add(String wanted, Map<String, String> capacity) {
        int number = 1;
        while (taken(number)) {
            number++;
        }
        String name = wanted.isEmpty() ? "worker-" + number : wanted;
        if (client.find(Resources.NODES, "", name).isPresent()) {
            throw ApiError.alreadyExists(Resources.NODES, name);
        }
        register(name, number, capacity);
        return name;
    }

    private boolean taken(int number) {
        String range = range(number);
        return client.list(Resources.NODES, "").stream()
                .anyMatch(node -> node.name().equals("worker-" + number)
                        || node.text("spec.podCIDR").equals(range));
    }

    /** Takes a node and its kubelet away; what runs on it is collected by the control plane. */
    void remove(String name) {
        memory.delete(Kubelet.KUBELETS + name);
        memory.delete(STOPPED + name);
        client.delete(new Ref(Resources.NODES, "", name));
        client.find(Resources.LEASES, LEASES, name)
                .ifPresent(lease -> client.delete(new Ref(Resources.LEASES, LEASES, name)));
    }

    /** Switches a node off: nothing on it runs any more, and its lease is renewed for the last time. */
    void stop(String name) {
        Obj node = client.get(new Ref(Resources.NODES, "", name));
        if (!Kubelet.runs(memory, name)) {
            throw ApiError.badRequest("node " + name + " does not run");
        }
        memory.delete(Kubelet.KUBELETS + name);
        memory.put(STOPPED + name, new byte[] {1});
        renew(name);
        for (Obj pod : pods(node.name())) {
            if (PodRecord.known(memory, pod.uid())) {
                PodRecord.load(memory, pod.uid()).busy(false);
            }
        }
    }

    private void renew(String name) {
        Obj lease = client.find(Resources.LEASES, LEASES, name).orElse(null);
        if (lease != null) {
            String now = Times.micros(cluster.clock().now());
            client.update(Resources.LEASES, lease.copy().set("spec.renewTime", now));
        }
    }

    private List<Obj> pods(String node) {
        return client.call(Request.list(Resources.PODS, "").fields("spec.nodeName=" + node))
                .items();
    }

    /** Switches a node on again: its containers have died with it and are started as their restart policies say. */
    void start(String name, ContainerRuntime runtime) {
        Obj node = client.get(new Ref(Resources.NODES, "", name));
        if (memory.get(STOPPED + name) == null) {
            throw ApiError.badRequest("node " + name + " has not been stopped");
        }
        memory.delete(STOPPED + name);
        memory.put(Kubelet.KUBELETS + name, new byte[] {1});
        for (Obj pod : pods(name)) {
            revive(pod, runtime);
        }
        renew(name);
        Obj alive = node.copy();
        alive.set("status.conditions", conditions(cluster.clock().now()));
        Obj stored = client.updateStatus(Resources.NODES, alive);
        EventRecorder events = new EventRecorder(client, "kubelet", name, cluster.clock(), memory);
        events.normal(stored, "Starting", "Starting kubelet.");
        for (String reason :
                new String[] {"NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"}) {
            events.normal(stored, reason, "Node " + name + " status is now: " + reason);
        }
        events.normal(stored, "NodeAllocatableEnforced", "Updated Node Allocatable limit across pods");
        events.warning(
                stored,
                "Rebooted",
                "Node " + name + " has been rebooted, boot id: " + stored.text("status.nodeInfo.bootID"));
        events.normal(stored, "NodeReady", "Node " + name + " status is now: NodeReady");
    }

    private void revive(Obj pod, ContainerRuntime runtime) {
        if (PodRecord.known(memory, pod.uid())) {
            PodRecord record = PodRecord.load(memory, pod.uid());
            for (ContainerRecord each : record.containers()) {
                if (each.running()) {
                    runtime.lose(pod, each.name);
                    each.exit(255, "Unknown", "", cluster.clock().now());
                }
            }
            record.save();
        }
        new Timers(memory).set("kubelet", Kubelet.key(pod), cluster.clock().now());
    }

    private void register(String name, int number, Map<String, String> capacity) {
        memory.put(Kubelet.KUBELETS + name, new byte[] {1});
        Obj node = Obj.create("v1", "Node", "", name);
        labels(node, name, number == 0);
        String cidr = range(number);
        node.set("spec.podCIDR", cidr).setTexts("spec.podCIDRs", List.of(cidr));
        if (number == 0) {
            node.set(
                    "spec.taints",
                    List.of(Obj.create()
                            .set("effect", "NoSchedule")
                            .set("key", "node-role.kubernetes.io/control-plane")));
        }
        client.create(Resources.NODES, node);
        Obj made = client.get(new Ref(Resources.NODES, "", name)).copy();
        status(made, name, number, capacity);
        Obj stored = client.updateStatus(Resources.NODES, made);
        lease(stored, name);
        EventRecorder events = new EventRecorder(client, "kubelet", name, cluster.clock(), memory);
        events.normal(stored, "Starting", "Starting kubelet.");
    }

    private static String range(int number) {
        return number > 255
                ? "10." + (244 + number / 256) + "." + number % 256 + ".0/24"
                : "10.244." + number + ".0/24";
    }

    private static void labels(Obj node, String name, boolean controlPlane) {
        node.setLabel("beta.kubernetes.io/arch", "amd64")
                .setLabel("beta.kubernetes.io/os", "linux")
                .setLabel("kubernetes.io/arch", "amd64")
                .setLabel("kubernetes.io/hostname", name)
                .setLabel("kubernetes.io/os", "linux");
        if (controlPlane) {
            node.setLabel("node-role.kubernetes.io/control-plane", "")
                    .setLabel("node.kubernetes.io/exclude-from-external-load-balancers", "");
        }
        node.setAnnotation("node.alpha.kubernetes.io/ttl", "0")
                .setAnnotation("volumes.kubernetes.io/controller-managed-attach-detach", "true");
    }

    private void status(Obj node, String name, int number, Map<String, String> capacity) {
        int host = number + 2;
        String ip = "172.18." + host / 256 + "." + host % 256;
        node.set(
                "status.addresses",
                List.of(
                        Obj.create().set("type", "InternalIP").set("address", ip),
                        Obj.create().set("type", "Hostname").set("address", name)));
        for (String side : new String[] {"capacity", "allocatable"}) {
            Obj amounts = Obj.create()
                    .set("cpu", capacity.getOrDefault("cpu", "2"))
                    .set("ephemeral-storage", "100Gi")
                    .set("hugepages-1Gi", "0")
                    .set("hugepages-2Mi", "0")
                    .set("memory", capacity.getOrDefault("memory", "24Gi"))
                    .set("pods", capacity.getOrDefault("pods", "110"));
            node.set("status." + side, amounts);
        }
        node.set("status.conditions", conditions(cluster.clock().now()));
        node.set("status.daemonEndpoints.kubeletEndpoint.Port", 10250);
        info(node.child("status.nodeInfo"), name);
    }

    private static List<Obj> conditions(Instant now) {
        return List.of(
                condition(
                        "MemoryPressure",
                        "False",
                        "KubeletHasSufficientMemory",
                        "kubelet has sufficient memory available",
                        now),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now),
                condition(
                        "PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now),
                condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now));
    }

    private static void info(Obj info, String name) {
        String id = Images.sha256(name).substring(0, 32);
        info.set("architecture", "amd64")
                .set("bootID", uuid(id))
                .set("containerRuntimeVersion", "containerd://2.2.0")
                .set("kernelVersion", "6.12.0-kubejar")
                .set("kubeProxyVersion", "")
                .set("kubeletVersion", VERSION)
                .set("machineID", id)
                .set("operatingSystem", "linux")
                .set("osImage", "Kubejar simulated node")
                .set("systemUUID", uuid(new StringBuilder(id).reverse().toString()));
    }

    private static String uuid(String hex) {
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20, 32);
    }

    private static Obj condition(String type, String status, String reason, String message, Instant now) {
        return Obj.create()
                .set("type", type)
                .set("status", status)
                .set("lastHeartbeatTime", now)
                .set("lastTransitionTime", now)
                .set("reason", reason)
                .set("message", message);
    }

    private void lease(Obj node, String name) {
        Obj lease = Obj.create("coordination.k8s.io/v1", "Lease", "kube-node-lease", name);
        Obj owner = Obj.create()
                .set("apiVersion", "v1")
                .set("kind", "Node")
                .set("name", name)
                .set("uid", node.uid());
        lease.set("metadata.ownerReferences", List.of(owner));
        lease.set("spec.holderIdentity", name)
                .set("spec.leaseDurationSeconds", 40)
                .set("spec.renewTime", Times.micros(cluster.clock().now()));
        client.create(Resources.LEASES, lease);
    }
}
