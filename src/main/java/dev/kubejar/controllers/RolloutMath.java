package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many pods a Deployment's ReplicaSets may have: surge, unavailability and scaling in proportion. */
final class RolloutMath {
    private static final Comparator<Obj> BY_SIZE = Comparator.comparing((Obj set) -> -set.number("spec.replicas"));

    private RolloutMath() {}

    static boolean rolling(Obj deployment) {
        return deployment.text("spec.strategy.type").equals("RollingUpdate");
    }

    static int maxSurge(Obj deployment) {
        return rolling(deployment) ? fenceposts(deployment)[0] : 0;
    }

    static int maxUnavailable(Obj deployment) {
        long replicas = deployment.number("spec.replicas");
        if (!rolling(deployment) || replicas == 0) {
            return 0;
        }
        return (int) Math.min(fenceposts(deployment)[1], replicas);
    }

    /** Surge is rounded up, unavailability down; where both come to nothing one may be missing. */
    private static int[] fenceposts(Obj deployment) {
        JsonNode rolling = deployment.at("spec.strategy.rollingUpdate");
        long replicas = deployment.number("spec.replicas");
        int surge = Scaled.of(rolling.path("maxSurge"), replicas, true, 0);
        int unavailable = Scaled.of(rolling.path("maxUnavailable"), replicas, false, 0);
        return new int[] {surge, surge == 0 && unavailable == 0 ? 1 : unavailable};
    }

    static long replicas(List<Obj> sets) {
        return sets.stream().mapToLong(set -> set.number("spec.replicas")).sum();
    }

    static long sum(List<Obj> sets, String path) {
        return sets.stream().mapToLong(set -> set.number(path)).sum();
    }

    /** How large the new ReplicaSet may be now. */
    static long newSize(Obj deployment, List<Obj> all, long current) {
        long wanted = deployment.number("spec.replicas");
        if (!rolling(deployment)) {
            return wanted;
        }
        int surge = Scaled.of(deployment.at("spec.strategy.rollingUpdate.maxSurge"), wanted, true, 0);
        long room = wanted + surge - replicas(all);
        return room <= 0 ? current : current + Math.min(room, wanted - current);
    }

    /** Whether a ReplicaSet is all of its Deployment, as wanted and available. */
    static boolean saturated(Obj deployment, Obj set) {
        long wanted = deployment.number("spec.replicas");
        return set != null
                && set.number("spec.replicas") == wanted
                && Revisions.noted(set, Revisions.DESIRED) == wanted
                && set.number("status.availableReplicas") == wanted;
    }

    /**
     * The sizes of the active ReplicaSets once a Deployment of several is scaled: each grows or shrinks in proportion,
     * what rounding leaves over goes to the largest (the newest of equals when growing, the oldest when shrinking).
     */
    static Map<Obj, Long> proportional(Obj deployment, List<Obj> active) {
        long wanted = deployment.number("spec.replicas");
        long allowed = wanted > 0 ? wanted + maxSurge(deployment) : 0;
        long toAdd = allowed - replicas(active);
        List<Obj> sets = new ArrayList<>(active);
        if (toAdd > 0) {
            sets.sort(BY_SIZE.thenComparing(Revisions.BY_AGE.reversed()));
        } else if (toAdd < 0) {
            sets.sort(BY_SIZE.thenComparing(Revisions.BY_AGE));
        }
        Map<Obj, Long> sizes = new LinkedHashMap<>();
        long added = 0;
        for (Obj set : sets) {
            long part = toAdd == 0 ? 0 : proportion(deployment, set, toAdd, added);
            sizes.put(set, set.number("spec.replicas") + part);
            added += part;
        }
        if (toAdd != 0 && !sets.isEmpty()) {
            long leftover = toAdd - added;
            sizes.merge(sets.get(0), leftover, (size, more) -> Math.max(0, size + more));
        }
        return sizes;
    }

    private static long proportion(Obj deployment, Obj set, long toAdd, long added) {
        if (set.number("spec.replicas") == 0 || toAdd == added) {
            return 0;
        }
        long fraction = fraction(deployment, set);
        long allowed = toAdd - added;
        return toAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed);
    }

    private static long fraction(Obj deployment, Obj set) {
        long replicas = set.number("spec.replicas");
        long wanted = deployment.number("spec.replicas");
        if (wanted == 0) {
            return -replicas;
        }
        long before = Revisions.noted(set, Revisions.MAX);
        if (before <= 0) {
            before = deployment.number("status.replicas");
            if (before == 0) {
                return 0;
            }
        }
        double size = (double) (replicas * (wanted + maxSurge(deployment))) / before;
        return Math.round(size) - replicas;
    }
}
