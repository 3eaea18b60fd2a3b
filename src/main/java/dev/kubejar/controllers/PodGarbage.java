package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Removes pods whose node is no more, and those that end on a node that is declared out of service. */
final class PodGarbage extends Controller {
    private static final String MISSING = "/machine/node-missing/";
    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
    private static final Duration QUARANTINE = Duration.ofSeconds(40);

    PodGarbage(ActorContext context) {
        super(context, "pod-garbage-collector");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.NODES)) {
            boolean gone = change.deleted() || outOfService(change.after());
            boolean back = change.created()
                    && context.memory().get(MISSING + change.ref().name()) != null;
            if (gone || back) {
                wake.accept(change.ref());
            }
        } else if (change.of(Resources.PODS) && change.after() != null) {
            String node = change.after().text("spec.nodeName");
            boolean placed = change.before() == null
                    || !change.before().text("spec.nodeName").equals(node)
                    || change.after().deleting() && !change.before().deleting();
            if (placed && !node.isEmpty()) {
                wake.accept(new Ref(Resources.NODES, "", node));
            }
        }
    }

    private static boolean outOfService(Obj node) {
        return !Conditions.isTrue(node, "Ready")
                && node.list("spec.taints").stream()
                        .anyMatch(taint -> taint.text("key").equals(OUT_OF_SERVICE));
    }

    @Override
    Outcome reconcile(Ref ref) {
        String key = MISSING + ref.name();
        Obj node = client.find(ref).orElse(null);
        if (node != null) {
            if (context.memory().get(key) != null) {
                context.memory().delete(key);
            }
            if (outOfService(node)) {
                pods(ref.name(), true);
            }
            return Outcome.done();
        }
        byte[] since = context.memory().get(key);
        if (since == null) {
            context.memory().put(key, Times.micros(now()).getBytes(StandardCharsets.US_ASCII));
            return Outcome.again(QUARANTINE);
        }
        Instant due = Times.parse(new String(since, StandardCharsets.US_ASCII)).plus(QUARANTINE);
        if (due.isAfter(now())) {
            return later(due);
        }
        context.memory().delete(key);
        pods(ref.name(), false);
        return Outcome.done();
    }

    private void pods(String node, boolean terminatingOnly) {
        Request pods = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node);
        for (Obj pod : client.call(pods).items()) {
            if (!terminatingOnly || Pods.terminating(pod)) {
                remove(pod, !terminatingOnly);
            }
        }
    }

    private void remove(Obj pod, boolean orphaned) {
        if (!Pods.terminal(pod)) {
            Obj status = pod.copy().set("status.phase", "Failed");
            status.set("status.observedGeneration", pod.generation());
            if (orphaned) {
                Conditions.put(
                        status,
                        Conditions.ofPod(
                                pod,
                                "DisruptionTarget",
                                "True",
                                "DeletionByPodGC",
                                "PodGC: node no longer exists",
                                now()));
            }
            client.updateStatus(Resources.PODS, status);
        }
        try {
            client.call(Request.delete(Resources.PODS, pod.namespace(), pod.name())
                    .propagation("Background")
                    .grace(0L));
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                throw e;
            }
        }
    }
}
