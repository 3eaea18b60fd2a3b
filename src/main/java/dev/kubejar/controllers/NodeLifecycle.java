package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Watches over nodes: one whose kubelet is silent becomes Unknown, conditions become taints, and pods on it are marked
 * not ready. A running kubelet's heartbeats are not written, so its silence is known from the mark that it runs.
 */
final class NodeLifecycle extends Controller {
    /** Kept for each node that has a running kubelet. */
    private static final String KUBELETS = "/machine/kubelet/";

    private static final String SEEN = "/machine/node-seen/";
    private static final String LEASES_NAMESPACE = "kube-node-lease";
    private static final Duration SILENCE = Duration.ofSeconds(50);
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
    private static final List<String> TYPES = List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    /** The taint that a condition's status stands for: {@code Ready/False}. */
    private static final Map<String, String> TAINTS = new TreeMap<>(Map.of(
            "Ready/False", NOT_READY,
            "Ready/Unknown", UNREACHABLE,
            "MemoryPressure/True", "node.kubernetes.io/memory-pressure",
            "DiskPressure/True", "node.kubernetes.io/disk-pressure",
            "NetworkUnavailable/True", "node.kubernetes.io/network-unavailable",
            "PIDPressure/True", "node.kubernetes.io/pid-pressure"));

    NodeLifecycle(ActorContext context) {
        super(context, "node-lifecycle", "node-controller", "node-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.NODES)) {
            wake.accept(change.ref());
        } else if (change.of(Resources.LEASES) && change.ref().namespace().equals(LEASES_NAMESPACE)) {
            wake.accept(new Ref(Resources.NODES, "", change.ref().name()));
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj node = client.find(ref).orElse(null);
        if (node == null) {
            forget(ref.name());
            return Outcome.done();
        }
        greet(node);
        Instant due = null;
        if (context.memory().get(KUBELETS + node.name()) == null) {
            due = silentSince(node).plus(Conditions.find(node, "Ready") == null ? STARTUP : SILENCE);
            if (!due.isAfter(now())) {
                node = lose(node);
                due = null;
            }
        }
        Obj ready = Conditions.find(node, "Ready");
        String status = ready == null ? "" : ready.text("status");
        if (!status.isEmpty() && !status.equals("True") && !tainted(node)) {
            markPods(node);
        }
        taint(node, status);
        return later(due);
    }

    private void greet(Obj node) {
        String key = SEEN + node.name();
        if (context.memory().get(key) == null) {
            context.memory().put(key, node.uid().getBytes(StandardCharsets.US_ASCII));
            about(node.name(), node.uid(), "RegisteredNode", "Registered Node " + node.name() + " in Controller");
        }
    }

    private void forget(String name) {
        byte[] uid = context.memory().get(SEEN + name);
        if (uid != null) {
            context.memory().delete(SEEN + name);
            about(
                    name,
                    new String(uid, StandardCharsets.US_ASCII),
                    "RemovingNode",
                    "Removing Node " + name + " from Controller");
        }
    }

    private void about(String name, String uid, String reason, String what) {
        Obj node = Obj.create("v1", "Node", "", name).set("metadata.uid", uid);
        events.normal(node, reason, "Node " + name + " event: " + what);
    }

    /** When the node was last heard of. */
    private Instant silentSince(Obj node) {
        Instant last = node.time("metadata.creationTimestamp");
        Obj ready = Conditions.find(node, "Ready");
        Instant beat = ready == null ? null : ready.time("lastHeartbeatTime");
        Instant renewed = client.find(Resources.LEASES, LEASES_NAMESPACE, node.name())
                .map(lease -> lease.time("spec.renewTime"))
                .orElse(null);
        for (Instant sign : new Instant[] {beat, renewed}) {
            last = sign != null && sign.isAfter(last) ? sign : last;
        }
        return last;
    }

    /** Sets the conditions of a node that nobody hears of to Unknown. */
    private Obj lose(Obj node) {
        Obj lost = node.copy();
        for (String type : TYPES) {
            Obj known = Conditions.find(lost, type);
            if (known == null) {
                lost.add(
                        "status.conditions",
                        Conditions.make(
                                        type,
                                        "Unknown",
                                        "NodeStatusNeverUpdated",
                                        "Kubelet never posted node status.",
                                        now())
                                .set("lastHeartbeatTime", node.text("metadata.creationTimestamp")));
            } else if (!known.text("status").equals("Unknown")) {
                known.set("status", "Unknown")
                        .set("reason", "NodeStatusUnknown")
                        .set("message", "Kubelet stopped posting node status.")
                        .set("lastTransitionTime", now());
            }
        }
        return writeStatus(Resources.NODES, node, lost);
    }

    private static boolean tainted(Obj node) {
        return node.list("spec.taints").stream()
                .anyMatch(taint -> taint.text("effect").equals("NoExecute")
                        && (taint.text("key").equals(NOT_READY)
                                || taint.text("key").equals(UNREACHABLE)));
    }

    private void markPods(Obj node) {
        Obj about = Obj.create("v1", "Node", "", node.name()).set("metadata.uid", node.uid());
        events.normal(about, "NodeNotReady", "Node " + node.name() + " status is now: NodeNotReady");
        Request pods = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node.name());
        for (Obj pod : client.call(pods).items()) {
            Obj ready = Conditions.find(pod, "Ready");
            if (ready == null || ready.text("status").equals("False")) {
                continue;
            }
            Obj changed = pod.copy();
            Conditions.find(changed, "Ready").set("status", "False").set("lastTransitionTime", now());
            client.updateStatus(Resources.PODS, changed);
            events.warning(pod, "NodeNotReady", "Node is not ready");
        }
    }

    /** Brings the taints that stand for conditions up to them. */
    private void taint(Obj node, String ready) {
        Map<String, Obj> wanted = new TreeMap<>();
        for (Obj condition : node.list("status.conditions")) {
            String key = TAINTS.get(condition.text("type") + "/" + condition.text("status"));
            if (key != null) {
                want(wanted, key, "NoSchedule");
            }
        }
        if (node.bool("spec.unschedulable")) {
            want(wanted, UNSCHEDULABLE, "NoSchedule");
        }
        if (ready.equals("False")) {
            want(wanted, NOT_READY, "NoExecute");
        } else if (ready.equals("Unknown")) {
            want(wanted, UNREACHABLE, "NoExecute");
        }
        List<Obj> kept = new ArrayList<>();
        for (Obj taint : node.list("spec.taints")) {
            boolean ours = taint.text("effect").equals("NoSchedule")
                    ? TAINTS.containsValue(taint.text("key"))
                            || taint.text("key").equals(UNSCHEDULABLE)
                    : taint.text("effect").equals("NoExecute")
                            && (taint.text("key").equals(NOT_READY)
                                    || taint.text("key").equals(UNREACHABLE));
            String id = taint.text("key") + ":" + taint.text("effect");
            if (!ours
                    || wanted.remove(id) != null
                    || ready.isEmpty() && taint.text("effect").equals("NoExecute")) {
                kept.add(taint);
            }
        }
        if (wanted.isEmpty() && kept.size() == node.list("spec.taints").size()) {
            return;
        }
        kept.addAll(wanted.values());
        Obj changed = node.copy();
        if (kept.isEmpty()) {
            changed.remove("spec.taints");
        } else {
            changed.set("spec.taints", kept.stream().map(Obj::copy).toList());
        }
        client.update(Resources.NODES, changed);
    }

    private void want(Map<String, Obj> wanted, String key, String effect) {
        wanted.put(
                key + ":" + effect,
                Obj.create().set("effect", effect).set("key", key).set("timeAdded", Times.seconds(now())));
    }
}
