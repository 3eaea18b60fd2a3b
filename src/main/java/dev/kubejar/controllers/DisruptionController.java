package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts how many of a PodDisruptionBudget's pods may be evicted. */
final class DisruptionController extends Controller {
    private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(2);

    DisruptionController(ActorContext context) {
        super(context, "disruption-controller", "disruption-controller", "controllermanager");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.PODDISRUPTIONBUDGETS)) {
            wake.accept(change.ref());
        } else if (change.of(Resources.PODS) && !change.object().labels().isEmpty()) {
            wake.accept(labelled(change.object()));
            if (change.before() != null
                    && !change.before().labels().equals(change.object().labels())) {
                wake.accept(labelled(change.before()));
            }
        } else if (scales(change)) {
            Obj template = Obj.create()
                    .set("metadata.namespace", change.ref().namespace())
                    .set("metadata.labels", change.object().map("spec.template.metadata.labels"));
            wake.accept(labelled(template));
        }
    }

    /** Whether a workload's size has changed, of which percentages are. */
    private static boolean scales(Change change) {
        return change.before() != null
                && change.after() != null
                && (change.of(Resources.DEPLOYMENTS)
                        || change.of(Resources.REPLICASETS)
                        || change.of(Resources.STATEFULSETS)
                        || change.of(Resources.REPLICATIONCONTROLLERS))
                && change.before().number("spec.replicas") != change.after().number("spec.replicas");
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            Map<String, String> labels = labelsOf(ref);
            for (Obj budget : client.list(Resources.PODDISRUPTIONBUDGETS, ref.namespace())) {
                if (Selector.at(budget, "spec.selector").matches(labels)) {
                    sync(budget);
                }
            }
            return Outcome.done();
        }
        return client.find(ref).map(this::sync).orElse(Outcome.done());
    }

    private Outcome sync(Obj budget) {
        try {
            return count(budget);
        } catch (ApiError e) {
            if (e.is("Conflict")) {
                throw e;
            }
            Obj failed = budget.copy().set("status.disruptionsAllowed", 0);
            condition(failed, "False", "SyncFailed", e.getMessage());
            writeStatus(Resources.PODDISRUPTIONBUDGETS, budget, failed);
            return Outcome.done();
        }
    }

    private Outcome count(Obj budget) {
        Selector selector = Selector.at(budget, "spec.selector");
        List<Obj> pods = selector.isNothing()
                ? List.of()
                : client.list(Resources.PODS, budget.namespace(), selector.text()).stream()
                        .filter(pod -> !Pods.terminal(pod))
                        .toList();
        if (pods.isEmpty()) {
            events.normal(budget, "NoPods", "No matching pods found");
        }
        long[] expected = expected(budget, pods);
        Map<String, String> disrupted = new TreeMap<>();
        Instant recheck = disrupted(budget, pods, disrupted);
        long healthy = pods.stream()
                .filter(pod -> !pod.deleting() && Pods.ready(pod) && !disrupted.containsKey(pod.name()))
                .count();
        long allowed = expected[0] <= 0 ? 0 : Math.max(0, healthy - expected[1]);
        Obj changed = budget.copy();
        if (disrupted.isEmpty()) {
            changed.remove("status.disruptedPods");
        } else {
            changed.set("status.disruptedPods", disrupted);
        }
        changed.set("status.currentHealthy", healthy)
                .set("status.desiredHealthy", expected[1])
                .set("status.disruptionsAllowed", allowed)
                .set("status.expectedPods", expected[0])
                .set("status.observedGeneration", budget.generation());
        condition(changed, allowed > 0 ? "True" : "False", allowed > 0 ? "SufficientPods" : "InsufficientPods", "");
        writeStatus(Resources.PODDISRUPTIONBUDGETS, budget, changed);
        return later(recheck);
    }

    private void condition(Obj budget, String status, String reason, String message) {
        Obj condition = Obj.create()
                .set("lastTransitionTime", Times.seconds(now()))
                .set("message", message)
                .set("observedGeneration", budget.number("status.observedGeneration"))
                .set("reason", reason)
                .set("status", status)
                .set("type", "DisruptionAllowed");
        Conditions.put(budget, condition);
    }

    /** How many pods there should be, and how many of them healthy. */
    private long[] expected(Obj budget, List<Obj> pods) {
        if (budget.has("spec.maxUnavailable")) {
            long scale = scale(budget, pods);
            int out = Scaled.of(budget.at("spec.maxUnavailable"), scale, true, 0);
            return new long[] {scale, Math.max(0, scale - out)};
        }
        if (budget.at("spec.minAvailable").isTextual()) {
            long scale = scale(budget, pods);
            return new long[] {scale, Scaled.of(budget.at("spec.minAvailable"), scale, true, 0)};
        }
        return new long[] {pods.size(), budget.number("spec.minAvailable")};
    }

    /** The sizes of the pods' controllers together. */
    private long scale(Obj budget, List<Obj> pods) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        boolean unmanaged = false;
        for (Obj pod : pods) {
            Obj owner = pod.controller();
            if (owner == null) {
                unmanaged = true;
                continue;
            }
            if (sizes.containsKey(owner.text("uid"))) {
                continue;
            }
            Obj workload = workload(pod.namespace(), owner).orElse(null);
            if (workload == null) {
                String message = "found no controllers for pod \"" + pod.name() + "\"";
                events.warning(
                        budget,
                        "CalculateExpectedPodCountFailed",
                        "Failed to calculate the number of expected pods: " + message);
                throw new ApiError(500, "InternalError", message);
            }
            Obj above = workload.kind().equals("ReplicaSet") ? workload.controller() : null;
            Obj whole =
                    above == null ? workload : workload(pod.namespace(), above).orElse(workload);
            sizes.put(owner.text("uid"), whole == workload ? workload.number("spec.replicas") : 0);
            if (whole != workload) {
                sizes.put(whole.uid(), whole.number("spec.replicas"));
            }
        }
        if (unmanaged) {
            warnUnmanaged(budget);
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private Optional<Obj> workload(String namespace, Obj owner) {
        GroupVersionResource resource =
                switch (owner.text("kind")) {
                    case "ReplicaSet" -> Resources.REPLICASETS;
                    case "Deployment" -> Resources.DEPLOYMENTS;
                    case "StatefulSet" -> Resources.STATEFULSETS;
                    case "ReplicationController" -> Resources.REPLICATIONCONTROLLERS;
                    default -> null;
                };
        return resource == null
                ? Optional.empty()
                : client.find(resource, namespace, owner.text("name"))
                        .filter(found -> found.uid().equals(owner.text("uid")));
    }

    private void warnUnmanaged(Obj budget) {
        StringBuilder labels = new StringBuilder();
        new TreeMap<>(budget.map("spec.selector.matchLabels"))
                .forEach((key, value) ->
                        labels.append(key).append(": ").append(value).append(','));
        events.warning(
                budget,
                "UnmanagedPods",
                "Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{"
                        + labels + "},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged. As a"
                        + " result, the status of the PDB cannot be calculated correctly, which may result in undefined"
                        + " behavior. To account for these pods please set \".spec.minAvailable\" field of the PDB to an"
                        + " integer value.");
    }

    /** Collects the pods that were evicted and are not gone yet; tells when the first of them should be. */
    private Instant disrupted(Obj budget, List<Obj> pods, Map<String, String> into) {
        Instant recheck = null;
        for (Obj pod : pods) {
            String since = budget.map("status.disruptedPods").get(pod.name());
            if (since == null || pod.deleting()) {
                continue;
            }
            Instant due = Times.parse(since).plus(DELETION_TIMEOUT);
            if (due.isBefore(now())) {
                events.warning(
                        pod,
                        "NotDeleted",
                        "Pod was expected by PDB " + budget.namespace() + "/" + budget.namespace()
                                + " to be deleted but it wasn't");
            } else {
                into.put(pod.name(), since);
                recheck = recheck == null || due.isBefore(recheck) ? due : recheck;
            }
        }
        return recheck;
    }
}
