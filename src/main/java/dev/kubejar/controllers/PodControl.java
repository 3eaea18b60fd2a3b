package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Makes and deletes pods for a workload, and says so in events about it. */
final class PodControl {
    /** A look makes no more pods than this; the next one follows at once, after the scheduler has found them nodes. */
    private static final int MOST_IN_A_LOOK = 100;

    /** A workload that has this many pods without a node makes no more of them until something changes: it may want 2147483647. */
    private static final int MOST_UNPLACED = 75;

    /** So many pods of a workload may come and go in one instant, as those do that their node turns away. */
    private static final int MOST_LOST = 300;

    private static final Duration PAUSE = Duration.ofMillis(1_500);

    /** How many pods to make in this look, and when to look again by the clock (null: when something changes). */
    record Share(int pods, Instant again) {
        static final Share NONE = new Share(0, null);
    }

    private final Client client;
    private final EventRecorder events;
    private final Clock clock;
    private final Map<String, Integer> made = new HashMap<>();
    private Instant instant = Instant.EPOCH;

    PodControl(Client client, EventRecorder events, Clock clock) {
        this.client = client;
        this.events = events;
        this.clock = clock;
    }

    /** What a workload may make in this look of the pods that it misses. */
    Share share(Obj owner, long missing, Collection<Obj> active) {
        if (!instant.equals(clock.now())) {
            instant = clock.now();
            made.clear();
        }
        if (missing <= 0 || unplaced(active) >= MOST_UNPLACED) {
            return Share.NONE;
        }
        if (made.getOrDefault(owner.uid(), 0) - active.size() >= MOST_LOST) {
            return new Share(0, clock.now().plus(PAUSE));
        }
        int pods = (int) Math.min(missing, MOST_IN_A_LOOK);
        made.merge(owner.uid(), pods, Integer::sum);
        return new Share(pods, null);
    }

    private static long unplaced(Collection<Obj> active) {
        return active.size() < MOST_UNPLACED
                ? 0
                : active.stream()
                        .filter(pod -> pod.text("spec.nodeName").isEmpty())
                        .count();
    }

    /** A pod of a template, owned by the workload, with a generated name. */
    static Obj pod(Obj template, Obj owner) {
        Obj pod = Obj.create("v1", "Pod")
                .set("metadata.generateName", owner.name() + "-")
                .set("metadata.namespace", owner.namespace());
        for (String field : new String[] {"labels", "annotations", "finalizers"}) {
            if (template.has("metadata." + field)) {
                pod.set("metadata." + field, template.at("metadata." + field).<JsonNode>deepCopy());
            }
        }
        pod.add("metadata.ownerReferences", Controller.ownerReference(owner));
        return pod.set("spec", template.at("spec").<JsonNode>deepCopy());
    }

    /** Creates a pod; a refusal becomes an event, unless the namespace is going, and is thrown on. */
    Obj create(Obj pod, Obj owner) {
        try {
            Obj made = client.create(Resources.PODS, pod);
            events.normal(owner, "SuccessfulCreate", "Created pod: " + made.name());
            return made;
        } catch (ApiError e) {
            if (!Controller.namespaceTerminating(e)) {
                events.warning(owner, "FailedCreate", "Error creating: " + e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Creates so many pods in batches of 1, 2, 4 …; after a batch with a refusal no other is begun.
     *
     * @throws ApiError the first refusal
     */
    void create(int count, Obj template, Obj owner) {
        int left = count;
        for (int batch = 1; left > 0; batch *= 2) {
            ApiError refused = null;
            for (int i = Math.min(batch, left); i > 0; i--, left--) {
                try {
                    create(pod(template, owner), owner);
                } catch (ApiError e) {
                    refused = refused == null ? e : refused;
                }
            }
            if (refused != null) {
                throw refused;
            }
        }
    }

    /** Deletes a pod with its own grace; one that is gone is no error. */
    void delete(Obj pod, Obj owner) {
        try {
            client.delete(Ref.of(Resources.PODS, pod));
            events.normal(owner, "SuccessfulDelete", "Deleted pod: " + pod.name());
        } catch (ApiError e) {
            events.warning(owner, "FailedDelete", "Error deleting: " + e.getMessage());
            throw e;
        }
    }
}
