package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes and deletes pods for a workload, and says so in events about it. */
final class PodControl {
    /** No workload makes more pods than this in one instant: infrastructure takes no time, and a workload may want 2147483647. */
    private static final int MOST_IN_AN_INSTANT = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(1_500);

    /** Ends a look that has made its share of pods; the next one comes a little later. */
    static final class Paused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Paused() {
            super("more pods are to come", null, false, false);
        }

        Outcome outcome() {
            return Outcome.again(PAUSE);
        }
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

    /** Counts one more pod of a workload; throws where it has had its share of this instant. */
    void count(Obj owner) {
        if (!instant.equals(clock.now())) {
            instant = clock.now();
            made.clear();
        }
        if (made.merge(owner.uid(), 1, Integer::sum) > MOST_IN_AN_INSTANT) {
            throw new Paused();
        }
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

    /**
     * Creates a pod; a refusal becomes an event, unless the namespace is going, and is thrown on.
     *
     * @throws Paused where the workload has had its share of this instant
     */
    Obj create(Obj pod, Obj owner) {
        count(owner);
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
