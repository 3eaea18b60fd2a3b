package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Actor;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All kubelets of the cluster in one actor: a key is a pod on a node, {@code NAMESPACE/NAME/UID}. A node without a
 * kubelet (one made by hand, or stopped) leaves its pods alone.
 */
public final class Kubelet implements Actor<Change> {
    /** Set for each node that has a running kubelet. */
    static final String KUBELETS = "/machine/kubelet/";
    /** {@code /machine/static/kube-system/etcd-control-plane}: the manifests of static pods. */
    private static final String STATIC = "/machine/static/";

    private final Client client;
    private final ActorContext cluster;
    private final Memory memory;
    private final ContainerRuntime runtime;
    private final PodContext.Network network;
    private final Images images;
    private final PodAddresses addresses;
    private final Contents contents;
    /** By UID, the version of each pod whose status was last found to say what its record says. */
    private final Map<String, String> reported = new HashMap<>();

    private final Volumes volumes = new Volumes();

    Kubelet(ActorContext cluster, ContainerRuntime runtime, PodContext.Network network, Images images) {
        this.cluster = cluster;
        this.client = cluster.system("system:node", "kubelet");
        this.memory = cluster.memory();
        this.runtime = runtime;
        this.network = network;
        this.images = images;
        this.addresses = new PodAddresses(memory);
        this.contents = new Contents(cluster);
    }

    @Override
    public String name() {
        return "kubelet";
    }

    /** Whether a node has a kubelet that runs. */
    public static boolean runs(Memory memory, String node) {
        return memory.get(KUBELETS + node) != null;
    }

    @Override
    public void observe(Change change, Consumer<String> wake) {
        if (change.of(Resources.PODS)) {
            Obj pod = change.object();
            if (!pod.text("spec.nodeName").isEmpty() && concerns(change)) {
                contents.relabelled(change);
                wake.accept(key(pod));
            }
            if (freed(change)) {
                Resizes.waiting(memory, pod.text("spec.nodeName"))
                        .forEach(ref -> client.find(ref).ifPresent(other -> wake.accept(key(other))));
            }
        } else {
            contents.observe(change, wake);
        }
    }

    /** The kubelet's own status reports need no look; whatever others change does. */
    private static boolean concerns(Change change) {
        if (change.created() || change.deleted()) {
            return true;
        }
        return !change.before().at("spec").equals(change.after().at("spec"))
                || !change.before().at("metadata").equals(change.after().at("metadata"))
                || gates(change);
    }

    /** Whether a pod leaves room on its node: gone, ended or smaller. */
    private static boolean freed(Change change) {
        if (change.deleted() || change.created()) {
            return change.deleted();
        }
        return terminal(change.after()) && !terminal(change.before())
                || change.after().generation() != change.before().generation();
    }

    private static boolean gates(Change change) {
        return change.after().has("spec.readinessGates")
                && !change.before()
                        .at("status.conditions")
                        .equals(change.after().at("status.conditions"));
    }

    static String key(Obj pod) {
        return pod.namespace() + "/" + pod.name() + "/" + pod.uid();
    }

    @Override
    public Outcome act(String key) {
        String[] parts = key.split("/");
        Ref ref = new Ref(Resources.PODS, parts[0], parts[1]);
        Obj pod = client.find(ref).orElse(null);
        if (pod == null || !pod.uid().equals(parts[2])) {
            clean(parts[2]);
            if (pod == null) {
                remirror(parts[0] + "/" + parts[1]);
            }
            return Outcome.done();
        }
        String nodeName = pod.text("spec.nodeName");
        if (nodeName.isEmpty() || !runs(memory, nodeName)) {
            return Outcome.done();
        }
        try {
            return look(pod, nodeName);
        } catch (ApiError e) {
            return e.is("NotFound") || e.is("Conflict")
                    ? Outcome.again(java.time.Duration.ZERO)
                    : Outcome.failed(e.getMessage());
        }
    }

    /** Shows a static pod again whose mirror somebody has deleted: its manifest still lies on the node. */
    private void remirror(String name) {
        byte[] manifest = memory.get(STATIC + name);
        if (manifest == null) {
            return;
        }
        Obj pod = Obj.of((com.fasterxml.jackson.databind.node.ObjectNode) dev.kubejar.object.Json.read(manifest));
        Obj node = client.find(Resources.NODES, "", pod.text("spec.nodeName")).orElse(null);
        if (node != null && runs(memory, node.name())) {
            pod.list("metadata.ownerReferences").get(0).set("uid", node.uid());
            client.create(Resources.PODS, pod);
        }
    }

    private Outcome look(Obj pod, String nodeName) {
        Obj node = client.find(Resources.NODES, "", nodeName).orElse(null);
        if (node == null) {
            return Outcome.done();
        }
        if (pod.deleting() && !PodRecord.known(memory, pod.uid())) {
            remove(pod);
            return Outcome.done();
        }
        if (!PodRecord.known(memory, pod.uid()) && unscheduled(pod)) {
            Admission.Refusal refusal = new Admission(client, pod, node).check();
            if (refusal != null) {
                refuse(pod, node, refusal);
                return Outcome.done();
            }
        }
        PodRecord record = PodRecord.load(memory, pod.uid());
        String phase = pod.text("status.phase");
        boolean finished = (phase.equals("Failed") || phase.equals("Succeeded")) && !record.sandbox();
        if (finished && !pod.deleting()) {
            record.busy(false);
            return Outcome.done();
        }
        if (record.time("startTime") == null) {
            record.time("startTime", cluster.clock().now());
            record.text("ref", Ref.of(Resources.PODS, pod).key());
        }
        EventRecorder events = new EventRecorder(client, "kubelet", node.name(), cluster.clock(), memory);
        Obj allocated =
                new Resizes(client, memory, events, node, cluster.clock().now()).allocated(pod, record);
        Instant due = finished ? null : work(allocated, record, node, events);
        boolean known = pod.resourceVersion().equals(reported.get(pod.uid()));
        if (!record.save() && known && !pod.deleting()) {
            return Outcome.at(due);
        }
        return report(pod, allocated, record, node, due);
    }

    /** A pod whose maker has named its node itself; the scheduler has asked the same questions of the others. */
    private static boolean unscheduled(Obj pod) {
        if (!pod.text("status.phase").equals("Pending")) {
            return false;
        }
        for (Obj condition : pod.list("status.conditions")) {
            if (condition.text("type").equals("PodScheduled")) {
                return false;
            }
        }
        return true;
    }

    private void refuse(Obj pod, Obj node, Admission.Refusal refusal) {
        new EventRecorder(client, "kubelet", node.name(), cluster.clock(), memory)
                .record(pod, "", "Warning", refusal.reason(), refusal.message(), Map.of());
        Obj status = pod.obj("status")
                .copy()
                .set("phase", "Failed")
                .set("reason", refusal.reason())
                .set("message", "Pod was rejected: " + refusal.message())
                .orSet("startTime", Times.seconds(cluster.clock().now()));
        if (pod.generation() > 0) {
            status.set("observedGeneration", pod.generation());
        }
        client.updateStatus(Resources.PODS, pod.copy().set("status", status));
    }

    private Instant work(Obj pod, PodRecord record, Obj node, EventRecorder events) {
        PodContext context = new PodContext(
                pod,
                record,
                node,
                client,
                runtime,
                network,
                events,
                cluster.clock().now());
        ContainerStarter starter =
                new ContainerStarter(context, images, addresses, volumes, contents, cluster.randoms());
        PodWorker worker = new PodWorker(context, starter);
        Instant refresh = contents.refresh(context);
        // a probe's own turn is no reason to ask the others again
        worker.work(!context.now().equals(record.time("probed")));
        record.time("probed", worker.probed());
        if (!record.sandbox()) {
            addresses.release(record.uid()); // its status keeps the address, as on a real node
        }
        Instant due = worker.due();
        return refresh == null || due != null && due.isBefore(refresh) ? due : refresh;
    }

    private Outcome report(Obj pod, Obj allocated, PodRecord record, Obj node, Instant due) {
        boolean over = !record.sandbox() && allStopped(record);
        boolean terminal = over && (pod.deleting() || !record.text("failure").isEmpty() || terminal(pod));
        Obj status = StatusBuilder.build(
                allocated, record, terminal, hostIp(node), cluster.clock().now());
        if (!status.equals(pod.obj("status"))) {
            Obj updated = Obj.create(pod.apiVersion(), pod.kind(), pod.namespace(), pod.name());
            updated.set("metadata", pod.obj("metadata").copy())
                    .set("spec", pod.obj("spec").copy())
                    .set("status", status);
            reported.put(pod.uid(), client.updateStatus(Resources.PODS, updated).resourceVersion());
        } else {
            reported.put(pod.uid(), pod.resourceVersion());
        }
        if (pod.deleting() && over) {
            remove(pod);
            return Outcome.done();
        }
        record.busy(pod.deleting() || creating(pod, record));
        return Outcome.at(due);
    }

    private static boolean terminal(Obj pod) {
        String phase = pod.text("status.phase");
        return phase.equals("Failed") || phase.equals("Succeeded");
    }

    private static boolean allStopped(PodRecord record) {
        for (ContainerRecord each : record.containers()) {
            if (each.running()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a container is still on its way: its pod waits for volumes or a sandbox, or an init container runs. */
    private static boolean creating(Obj pod, PodRecord record) {
        for (Obj container : pod.list("spec.containers")) {
            ContainerRecord each = record.container(container.text("name"));
            if (!each.created() && each.waitReason().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The last word: whatever finalizers still hold the object is no business of the node's. */
    private void remove(Obj pod) {
        clean(pod.uid());
        if (pod.has("metadata.deletionGracePeriodSeconds") && pod.number("metadata.deletionGracePeriodSeconds") == 0) {
            return;
        }
        try {
            client.call(Request.delete(Resources.PODS, pod.namespace(), pod.name())
                    .grace(0L)
                    .uid(pod.uid()));
        } catch (ApiError e) {
            if (!e.is("NotFound") && !e.is("Conflict")) {
                throw e;
            }
        }
    }

    private void clean(String uid) {
        reported.remove(uid);
        if (PodRecord.known(memory, uid)) {
            runtime.remove(uid);
            addresses.release(uid);
            contents.forget(uid);
            PodRecord.load(memory, uid).forget();
        }
    }

    private static String hostIp(Obj node) {
        for (Obj address : node.list("status.addresses")) {
            if (address.text("type").equals("InternalIP")) {
                return address.text("address");
            }
        }
        return "";
    }
}
