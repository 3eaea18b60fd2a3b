package dev.kubejar.controllers;

import dev.kubejar.object.Obj;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The annotations in which a Deployment and its ReplicaSets keep revisions and sizes. */
final class Revisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";
    static final String ROLLBACK_TO = "deprecated.deployment.rollback.to";

    /** Oldest first; those of one second by name. */
    static final Comparator<Obj> BY_AGE = Comparator.comparing((Obj set) -> set.text("metadata.creationTimestamp"))
            .thenComparing(Obj::name);

    private static final int HISTORY_LENGTH = 2000;
    private static final Set<String> OWN =
            Set.of("kubectl.kubernetes.io/last-applied-configuration", REVISION, HISTORY, DESIRED, MAX, ROLLBACK_TO);

    private Revisions() {}

    /** 0 where there is none, -1 where it is not a number. */
    static long of(Obj object) {
        String text = object.annotation(REVISION);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static long max(List<Obj> sets) {
        return sets.stream().mapToLong(Revisions::of).filter(r -> r > 0).max().orElse(0);
    }

    /** The revision before the highest; 0 where there is none. */
    static long last(List<Obj> sets) {
        long max = 0;
        long second = 0;
        for (Obj set : sets) {
            long revision = of(set);
            if (revision >= max) {
                second = max;
                max = revision;
            } else if (revision > second) {
                second = revision;
            }
        }
        return second;
    }

    /** Brings a ReplicaSet's annotations up to the Deployment's and to a revision; true if any changed. */
    static boolean annotate(Obj deployment, Obj set, long revision, boolean exists) {
        Map<String, String> before = set.annotations();
        deployment.annotations().forEach((key, value) -> {
            if (!OWN.contains(key)) {
                set.setAnnotation(key, value);
            }
        });
        String old = set.annotation(REVISION);
        if (of(set) >= 0 && of(set) < revision) {
            set.setAnnotation(REVISION, Long.toString(revision));
            if (!old.isEmpty()) {
                remember(set, old);
            }
        }
        if (!exists) {
            size(set, deployment);
        }
        return !before.equals(set.annotations());
    }

    private static void remember(Obj set, String old) {
        String history = set.annotation(HISTORY);
        if (history.isEmpty()) {
            set.setAnnotation(HISTORY, old);
            return;
        }
        String longer = history + "," + old;
        while (longer.length() > HISTORY_LENGTH && longer.indexOf(',') >= 0) {
            longer = longer.substring(longer.indexOf(',') + 1);
        }
        set.setAnnotation(HISTORY, longer);
    }

    /** Notes the size that the Deployment wants; true if that is news. */
    static boolean size(Obj set, Obj deployment) {
        String desired = Long.toString(deployment.number("spec.replicas"));
        String max = Long.toString(deployment.number("spec.replicas") + RolloutMath.maxSurge(deployment));
        if (set.annotation(DESIRED).equals(desired) && set.annotation(MAX).equals(max)) {
            return false;
        }
        set.setAnnotation(DESIRED, desired).setAnnotation(MAX, max);
        return true;
    }

    /** A size noted by {@link #size}, or -1. */
    static long noted(Obj set, String annotation) {
        try {
            return Integer.parseInt(set.annotation(annotation));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Gives a Deployment the annotations of the ReplicaSet it goes back to. */
    static void restore(Obj deployment, Obj set) {
        Map<String, String> kept = new java.util.LinkedHashMap<>();
        deployment.annotations().forEach((key, value) -> {
            if (OWN.contains(key)) {
                kept.put(key, value);
            }
        });
        set.annotations().forEach((key, value) -> {
            if (!OWN.contains(key)) {
                kept.put(key, value);
            }
        });
        deployment.set("metadata.annotations", kept);
    }
}
