package dev.kubejar.controllers;

import dev.kubejar.client.Pods;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which pods of a ReplicaSet go first when it shrinks (KEP-2255 deletion cost, KEP-2185 logarithmic ages). */
final class PodRanking {
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private final Instant now;
    private final Map<String, Integer> rank;

    private PodRanking(Instant now, Map<String, Integer> rank) {
        this.now = now;
        this.rank = rank;
    }

    /** The pods to delete, first to go first; {@code related} are all pods of the owner's other ReplicaSets and this one. */
    static List<Obj> toDelete(List<Obj> pods, List<Obj> related, int count, Instant now) {
        if (count >= pods.size()) {
            return pods;
        }
        Map<String, Integer> onNode = new HashMap<>();
        for (Obj pod : related) {
            if (Pods.active(pod)) {
                onNode.merge(pod.text("spec.nodeName"), 1, Integer::sum);
            }
        }
        PodRanking ranking = new PodRanking(now, onNode);
        List<Obj> sorted = new ArrayList<>(pods);
        sorted.sort(ranking::compare);
        return sorted.subList(0, count);
    }

    private int compare(Obj a, Obj b) {
        boolean unassignedA = a.text("spec.nodeName").isEmpty();
        boolean unassignedB = b.text("spec.nodeName").isEmpty();
        if (unassignedA != unassignedB) {
            return unassignedA ? -1 : 1;
        }
        int order = Integer.compare(phase(a), phase(b));
        if (order != 0) {
            return order;
        }
        order = Boolean.compare(Pods.ready(a), Pods.ready(b));
        if (order != 0) {
            return order;
        }
        order = Long.compare(cost(a), cost(b));
        if (order != 0) {
            return order;
        }
        order = Integer.compare(rankOf(b), rankOf(a));
        if (order != 0) {
            return order;
        }
        return byAge(a, b);
    }

    private int byAge(Obj a, Obj b) {
        Instant readyA = Pods.readySince(a);
        Instant readyB = Pods.readySince(b);
        if (readyA != null && readyB != null && !readyA.equals(readyB)) {
            return logarithmic(readyA, readyB, a, b);
        }
        int order = Long.compare(restarts(b), restarts(a));
        if (order != 0) {
            return order;
        }
        Instant madeA = a.time("metadata.creationTimestamp");
        Instant madeB = b.time("metadata.creationTimestamp");
        return madeA == null || madeB == null || madeA.equals(madeB) ? 0 : logarithmic(madeA, madeB, a, b);
    }

    private int logarithmic(Instant timeA, Instant timeB, Obj a, Obj b) {
        int order = Integer.compare(magnitude(timeA), magnitude(timeB));
        return order != 0 ? order : a.uid().compareTo(b.uid());
    }

    /** The power of two of the age in nanoseconds; -1 for none. */
    private int magnitude(Instant time) {
        long nanos = Duration.between(time, now).toNanos();
        return nanos <= 0 ? -1 : 63 - Long.numberOfLeadingZeros(nanos);
    }

    private int rankOf(Obj pod) {
        return rank.getOrDefault(pod.text("spec.nodeName"), 0);
    }

    private static int phase(Obj pod) {
        return switch (Pods.phase(pod)) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    private static long cost(Obj pod) {
        try {
            return Integer.parseInt(pod.annotation(DELETION_COST));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long restarts(Obj pod) {
        long most = 0;
        for (Obj status : pod.list("status.containerStatuses")) {
            most = Math.max(most, status.number("restartCount"));
        }
        return most;
    }
}
