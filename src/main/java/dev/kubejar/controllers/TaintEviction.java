package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Taints;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Evicts pods from nodes with NoExecute taints that they do not tolerate, or tolerate for a time only. */
final class TaintEviction extends Controller {
    /** When a pod is to go: kept from the first look on, so that a second one does not put it off. */
    private static final String DUE = "/machine/taint-eviction/";

    TaintEviction(ActorContext context) {
        super(context, "taint-eviction-controller", "node-controller", "taint-eviction-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.NODES) && !change.deleted()) {
            Obj before = change.before();
            if (before == null
                    || !before.at("spec.taints").equals(change.after().at("spec.taints"))) {
                wake.accept(change.ref());
            }
        } else if (change.of(Resources.PODS)) {
            Obj before = change.before();
            Obj after = change.after();
            boolean placed = after != null
                    && !after.text("spec.nodeName").isEmpty()
                    && (before == null || !before.at("spec").equals(after.at("spec")));
            if (placed || after == null) {
                wake.accept(change.ref());
            }
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj object = client.find(ref).orElse(null);
        if (ref.resource().equals(Resources.NODES)) {
            return object == null ? Outcome.done() : node(object);
        }
        if (object == null) {
            context.memory().delete(DUE + ref.key());
            return Outcome.done();
        }
        Obj node =
                client.find(Resources.NODES, "", object.text("spec.nodeName")).orElse(null);
        return node == null ? Outcome.done() : later(pod(object, node));
    }

    /** Looks at all pods of a node, and again when the first of them is due. */
    private Outcome node(Obj node) {
        Instant next = null;
        Request pods = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node.name());
        for (Obj pod : client.call(pods).items()) {
            Instant due = pod(pod, node);
            next = due != null && (next == null || due.isBefore(next)) ? due : next;
        }
        return later(next);
    }

    /** Evicts the pod if it is time, or tells when it will be; null: never. */
    private Instant pod(Obj pod, Obj node) {
        String key = DUE + Ref.of(Resources.PODS, pod).key();
        List<Obj> taints = node.list("spec.taints").stream()
                .filter(taint -> taint.text("effect").equals("NoExecute"))
                .toList();
        long seconds = tolerated(pod, taints);
        if (seconds == Long.MAX_VALUE || pod.deleting()) {
            cancel(key, pod);
            return null;
        }
        byte[] noted = context.memory().get(key);
        Instant due = now().plusSeconds(seconds);
        if (noted != null) {
            Instant before = Times.parse(new String(noted, StandardCharsets.US_ASCII));
            due = before.isBefore(due) ? before : due;
        }
        if (due.isAfter(now())) {
            context.memory().put(key, Times.micros(due).getBytes(StandardCharsets.US_ASCII));
            return due;
        }
        context.memory().delete(key);
        evict(pod);
        return null;
    }

    /** For how many seconds a pod tolerates all taints: 0 not at all, the largest long for ever. */
    private static long tolerated(Obj pod, List<Obj> taints) {
        long least = Long.MAX_VALUE;
        for (Obj taint : taints) {
            Obj used = null;
            for (Obj toleration : pod.list("spec.tolerations")) {
                if (used == null && Taints.covers(toleration, taint)) {
                    used = toleration;
                }
            }
            if (used == null) {
                return 0;
            }
            if (used.has("tolerationSeconds")) {
                least = Math.min(least, Math.max(0, used.number("tolerationSeconds")));
            }
        }
        return least;
    }

    private void cancel(String key, Obj pod) {
        if (context.memory().get(key) != null) {
            context.memory().delete(key);
            if (!pod.deleting()) {
                say(pod, "Cancelling deletion of Pod ");
            }
        }
    }

    private void say(Obj pod, String what) {
        Obj about = Obj.create("v1", "Pod", pod.namespace(), pod.name());
        events.normal(about, "TaintManagerEviction", what + pod.namespace() + "/" + pod.name());
    }

    private void evict(Obj pod) {
        say(pod, "Marking for deletion Pod ");
        if (!Pods.terminal(pod)) {
            Obj status = pod.copy();
            Conditions.put(
                    status,
                    Conditions.ofPod(
                            pod,
                            "DisruptionTarget",
                            "True",
                            "DeletionByTaintManager",
                            "Taint manager: deleting due to NoExecute taint",
                            now()));
            client.updateStatus(Resources.PODS, status);
        }
        client.delete(Ref.of(Resources.PODS, pod));
    }
}
