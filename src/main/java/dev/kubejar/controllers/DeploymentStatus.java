package dev.kubejar.controllers;

import dev.kubejar.client.Conditions;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A Deployment's counters and conditions, and what they say of its progress. */
final class DeploymentStatus {
    private DeploymentStatus() {}

    static boolean hasDeadline(Obj deployment) {
        return deployment.number("spec.progressDeadlineSeconds", Integer.MAX_VALUE) != Integer.MAX_VALUE;
    }

    static Obj progressing(Obj deployment) {
        return Conditions.find(deployment, "Progressing");
    }

    static Obj condition(String type, String status, String reason, String message, Instant now) {
        return Obj.create()
                .set("type", type)
                .set("status", status)
                .set("lastUpdateTime", Times.seconds(now))
                .set("lastTransitionTime", Times.seconds(now))
                .set("reason", reason)
                .set("message", message);
    }

    /** Puts a condition at the end of the list, unless one of its status and reason is there already. */
    static void set(Obj deployment, Obj condition) {
        Obj current = Conditions.find(deployment, condition.text("type"));
        if (current != null && current.text("status").equals(condition.text("status"))) {
            if (current.text("reason").equals(condition.text("reason"))) {
                return;
            }
            condition.set("lastTransitionTime", current.text("lastTransitionTime"));
        }
        Conditions.remove(deployment, condition.text("type"));
        deployment.add("status.conditions", condition);
    }

    /** A copy of the Deployment with counters and availability as its ReplicaSets have them. */
    static Obj counted(Rollout rollout) {
        Obj deployment = rollout.deployment.copy();
        List<Obj> all = rollout.all();
        long available = RolloutMath.sum(all, "status.availableReplicas");
        Obj status = Obj.create();
        status.set("observedGeneration", deployment.generation());
        positive(status, "replicas", RolloutMath.sum(all, "status.replicas"));
        positive(status, "updatedReplicas", rollout.fresh == null ? 0 : rollout.fresh.number("status.replicas"));
        positive(status, "readyReplicas", RolloutMath.sum(all, "status.readyReplicas"));
        positive(status, "availableReplicas", available);
        positive(status, "unavailableReplicas", Math.max(0, RolloutMath.replicas(all) - available));
        terminating(status, all);
        for (String kept : new String[] {"collisionCount", "conditions"}) {
            if (deployment.has("status." + kept)) {
                status.set(kept, deployment.at("status." + kept));
            }
        }
        deployment.set("status", status);
        return deployment;
    }

    private static void terminating(Obj status, List<Obj> all) {
        long sum = 0;
        for (Obj set : all) {
            if (!set.has("status.terminatingReplicas") && set.number("status.observedGeneration") != 0) {
                return;
            }
            sum += set.number("status.terminatingReplicas");
        }
        status.set("terminatingReplicas", sum);
    }

    /** Sets the Available condition from the counters. */
    static void availability(Obj deployment, Instant now) {
        long least = deployment.number("spec.replicas") - RolloutMath.maxUnavailable(deployment);
        boolean enough = deployment.number("status.availableReplicas") >= least;
        set(
                deployment,
                enough
                        ? condition(
                                "Available",
                                "True",
                                "MinimumReplicasAvailable",
                                "Deployment has minimum availability.",
                                now)
                        : condition(
                                "Available",
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability.",
                                now));
    }

    private static void positive(Obj status, String field, long value) {
        if (value > 0) {
            status.set(field, value);
        }
    }

    static boolean complete(Obj deployment) {
        long wanted = deployment.number("spec.replicas");
        return deployment.number("status.updatedReplicas") == wanted
                && deployment.number("status.replicas") == wanted
                && deployment.number("status.availableReplicas") == wanted
                && deployment.number("status.observedGeneration") >= deployment.generation();
    }

    /** Sets the Progressing condition of a rollout from what changed between two states. */
    static void progress(Obj before, Obj after, Obj fresh, Instant now) {
        if (!hasDeadline(after)) {
            Conditions.remove(after, "Progressing");
            return;
        }
        Obj current = progressing(before);
        boolean over = after.number("status.replicas") == after.number("status.updatedReplicas")
                && current != null
                && current.text("reason").equals("NewReplicaSetAvailable");
        if (over) {
            return;
        }
        String who = fresh == null ? "Deployment \"" + after.name() + "\"" : "ReplicaSet \"" + fresh.name() + "\"";
        if (complete(after)) {
            set(
                    after,
                    condition(
                            "Progressing",
                            "True",
                            "NewReplicaSetAvailable",
                            who + " has successfully progressed.",
                            now));
        } else if (advanced(before, after)) {
            Obj condition = condition("Progressing", "True", "ReplicaSetUpdated", who + " is progressing.", now);
            if (current != null && current.text("status").equals("True")) {
                condition.set("lastTransitionTime", current.text("lastTransitionTime"));
            }
            Conditions.remove(after, "Progressing");
            after.add("status.conditions", condition);
        } else if (timedOut(after, now)) {
            set(
                    after,
                    condition(
                            "Progressing",
                            "False",
                            "ProgressDeadlineExceeded",
                            who + " has timed out progressing.",
                            now));
        }
    }

    private static boolean advanced(Obj before, Obj after) {
        return after.number("status.updatedReplicas") > before.number("status.updatedReplicas")
                || outdated(after) < outdated(before)
                || after.number("status.readyReplicas") > before.number("status.readyReplicas")
                || after.number("status.availableReplicas") > before.number("status.availableReplicas");
    }

    private static long outdated(Obj deployment) {
        return deployment.number("status.replicas") - deployment.number("status.updatedReplicas");
    }

    private static boolean timedOut(Obj deployment, Instant now) {
        Obj condition = progressing(deployment);
        if (condition == null || condition.text("reason").equals("NewReplicaSetAvailable")) {
            return false;
        }
        return condition.text("reason").equals("ProgressDeadlineExceeded")
                || deadline(deployment).isBefore(now);
    }

    private static Instant deadline(Obj deployment) {
        return progressing(deployment)
                .time("lastUpdateTime")
                .plus(Duration.ofSeconds(deployment.number("spec.progressDeadlineSeconds")));
    }

    /** When to see whether the rollout is stuck; null where it is over or has no deadline. */
    static Instant nextCheck(Obj deployment) {
        Obj condition = progressing(deployment);
        if (!hasDeadline(deployment)
                || condition == null
                || deployment.bool("spec.paused")
                || complete(deployment)
                || condition.text("reason").equals("ProgressDeadlineExceeded")) {
            return null;
        }
        return deadline(deployment).plusSeconds(1);
    }
}
