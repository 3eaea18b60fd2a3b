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
import dev.kubejar.sim.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps as many pods of a template as a ReplicaSet wants, or a ReplicationController, which differs in its selector only. */
final class ReplicaSetController extends Controller {
    private static final int BURST = 500;

    private final GroupVersionResource resource;
    private final String kind;
    private final PodControl pods;

    private ReplicaSetController(
            ActorContext context, String name, String account, GroupVersionResource resource, String kind) {
        super(context, name, account, name);
        this.resource = resource;
        this.kind = kind;
        this.pods = new PodControl(client, events, clock);
    }

    static ReplicaSetController ofReplicaSets(ActorContext context) {
        return new ReplicaSetController(
                context, "replicaset-controller", "replicaset-controller", Resources.REPLICASETS, "ReplicaSet");
    }

    static ReplicaSetController ofReplicationControllers(ActorContext context) {
        return new ReplicaSetController(
                context,
                "replication-controller",
                "replication-controller",
                Resources.REPLICATIONCONTROLLERS,
                "ReplicationController");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(resource)) {
            wake.accept(Ref.of(resource, change.object()));
        } else if (change.of(Resources.PODS)) {
            wakeControllers(change, resource, kind, wake);
            wakeForOrphan(change, wake);
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            for (Obj candidate : client.list(resource, ref.namespace())) {
                Selector selector = selector(candidate);
                if (!selector.isEmpty() && selector.matches(labelsOf(ref))) {
                    sync(candidate);
                }
            }
            return Outcome.done();
        }
        return client.find(ref).map(this::sync).orElse(Outcome.done());
    }

    private Selector selector(Obj set) {
        return resource.equals(Resources.REPLICASETS)
                ? Selector.at(set, "spec.selector")
                : Selector.of(set.map("spec.selector"));
    }

    private Outcome sync(Obj set) {
        if (!selector(set).matches(set.map("spec.template.metadata.labels"))) {
            return Outcome.done(); // validation forbids it; its pods would never be its own
        }
        List<Obj> all = new Claims(client, set, selector(set)).claim(Resources.PODS, pod -> !Pods.terminal(pod));
        List<Obj> active = new ArrayList<>(all.stream().filter(Pods::active).toList());
        int terminating = all.size() - active.size();
        ApiError failure = null;
        Instant more = null;
        if (!set.deleting()) {
            try {
                more = manage(set, active);
            } catch (ApiError e) {
                failure = e;
            }
        }
        writeStatus(resource, set, status(set, active, terminating, failure));
        if (failure != null) {
            return namespaceTerminating(failure) ? Outcome.done() : Outcome.failed(failure.getMessage());
        }
        Instant next = nextAvailability(set, active);
        return later(more == null || next != null && next.isBefore(more) ? next : more);
    }

    /**
     * Creates or deletes what is missing or too much; the status still tells of what was found before. Says when more is to be
     * created by the clock, or null.
     */
    private Instant manage(Obj set, List<Obj> active) {
        int wanted = (int) set.number("spec.replicas");
        PodControl.Share share = pods.share(set, wanted - active.size(), active);
        pods.create(share.pods(), set.obj("spec.template"), set);
        int surplus = Math.min(active.size() - wanted, BURST);
        if (surplus > 0) {
            List<Obj> related = surplus < active.size() ? related(set) : List.of();
            for (Obj pod : PodRanking.toDelete(active, related, surplus, now())) {
                pods.delete(pod, set);
            }
        }
        return share.again();
    }

    /** The pods of all ReplicaSets that have the same owner. */
    private List<Obj> related(Obj set) {
        Obj owner = set.controller();
        List<Obj> sets = owner == null ? List.of(set) : client.owned(resource, set.namespace(), owner.text("uid"));
        List<Obj> related = new ArrayList<>();
        for (Obj sibling : sets) {
            related.addAll(client.owned(Resources.PODS, set.namespace(), sibling.uid()));
        }
        return related;
    }

    private Obj status(Obj set, List<Obj> active, int terminating, ApiError failure) {
        long minReady = set.number("spec.minReadySeconds");
        Selector template = Selector.of(set.map("spec.template.metadata.labels"));
        long labelled = active.stream().filter(template::matches).count();
        long ready = active.stream().filter(Pods::ready).count();
        long available = active.stream()
                .filter(pod -> Pods.available(pod, minReady, now()))
                .count();
        Obj changed = set.copy();
        failureCondition(set, changed, active.size(), failure);
        changed.set("status.replicas", active.size());
        positive(changed, "status.fullyLabeledReplicas", labelled);
        positive(changed, "status.readyReplicas", ready);
        positive(changed, "status.availableReplicas", available);
        if (resource.equals(Resources.REPLICASETS)) {
            changed.set("status.terminatingReplicas", terminating);
        }
        return changed.set("status.observedGeneration", set.generation());
    }

    private void failureCondition(Obj set, Obj changed, int active, ApiError failure) {
        Obj known = Conditions.find(set, "ReplicaFailure");
        if (failure != null && known == null) {
            String reason = active < set.number("spec.replicas") ? "FailedCreate" : "FailedDelete";
            changed.add(
                    "status.conditions",
                    Conditions.make("ReplicaFailure", "True", reason, failure.getMessage(), now()));
        } else if (failure == null && known != null) {
            Conditions.remove(changed, "ReplicaFailure");
        }
    }

    private static void positive(Obj object, String path, long value) {
        if (value == 0) {
            object.remove(path);
        } else {
            object.set(path, value);
        }
    }

    /** When the next ready pod will have been so for minReadySeconds; null where none is to come. */
    private Instant nextAvailability(Obj set, List<Obj> active) {
        long minReady = set.number("spec.minReadySeconds");
        Instant next = null;
        for (Obj pod : minReady == 0 ? List.<Obj>of() : active) {
            Instant at = Pods.availableAt(pod, minReady);
            if (at != null && at.isAfter(now()) && (next == null || at.isBefore(next))) {
                next = at;
            }
        }
        return next;
    }
}
