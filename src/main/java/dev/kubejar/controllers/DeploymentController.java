package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Moves a Deployment's pods from the ReplicaSets of its earlier templates to that of its current one. */
final class DeploymentController extends Controller {
    DeploymentController(ActorContext context) {
        super(context, "deployment-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.DEPLOYMENTS)) {
            wake.accept(Ref.of(Resources.DEPLOYMENTS, change.object()));
        } else if (change.of(Resources.REPLICASETS)) {
            wakeControllers(change, Resources.DEPLOYMENTS, "Deployment", wake);
            wakeForOrphan(change, wake);
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            selecting(Resources.DEPLOYMENTS, ref, "spec.selector").forEach(this::sync);
            return Outcome.done();
        }
        return client.find(ref).map(this::sync).orElse(Outcome.done());
    }

    private Outcome sync(Obj deployment) {
        Selector selector = Selector.at(deployment, "spec.selector");
        if (selector.isEmpty()) {
            events.warning(
                    deployment,
                    "SelectingAll",
                    "This deployment is selecting all pods. A non-empty selector is required.");
            return Outcome.done();
        }
        if (!selectsOwn(deployment)) {
            return Outcome.done();
        }
        List<Obj> sets = new Claims(client, deployment, selector).claim(Resources.REPLICASETS, set -> true);
        Rollout rollout = new Rollout(client, events, clock, deployment, sets);
        step(rollout);
        return later(DeploymentStatus.nextCheck(rollout.deployment));
    }

    private void step(Rollout rollout) {
        Obj deployment = rollout.deployment;
        if (deployment.deleting()) {
            rollout.syncRevision(false);
            writeCounters(rollout);
            return;
        }
        notePause(rollout);
        if (deployment.bool("spec.paused")) {
            resize(rollout);
        } else if (!deployment.annotation(Revisions.ROLLBACK_TO).isEmpty()) {
            rollBack(rollout);
        } else if (resized(rollout)) {
            resize(rollout);
        } else if (RolloutMath.rolling(deployment)) {
            roll(rollout);
        } else {
            recreate(rollout);
        }
    }

    /** A pause and its end are conditions of their own, so that no deadline runs meanwhile. */
    private void notePause(Rollout rollout) {
        Obj deployment = rollout.deployment;
        Obj current = DeploymentStatus.progressing(deployment);
        String reason = current == null ? "" : current.text("reason");
        if (!DeploymentStatus.hasDeadline(deployment) || reason.equals("ProgressDeadlineExceeded")) {
            return;
        }
        boolean noted = reason.equals("DeploymentPaused");
        boolean paused = deployment.bool("spec.paused");
        if (paused == noted) {
            return;
        }
        DeploymentStatus.set(
                deployment,
                paused
                        ? DeploymentStatus.condition(
                                "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", now())
                        : DeploymentStatus.condition(
                                "Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed", now()));
        rollout.writeStatus();
    }

    /** Whether the Deployment was scaled since its ReplicaSets were last told of its size. */
    private boolean resized(Rollout rollout) {
        rollout.syncRevision(false);
        long wanted = rollout.deployment.number("spec.replicas");
        for (Obj set : Rollout.active(rollout.all())) {
            long noted = Revisions.noted(set, Revisions.DESIRED);
            if (noted >= 0 && noted != wanted) {
                return true;
            }
        }
        return false;
    }

    private void resize(Rollout rollout) {
        rollout.syncRevision(false);
        scale(rollout);
        if (rollout.deployment.bool("spec.paused")
                && rollout.deployment.annotation(Revisions.ROLLBACK_TO).isEmpty()) {
            rollout.cleanUp();
        }
        writeCounters(rollout);
    }

    private void scale(Rollout rollout) {
        Obj deployment = rollout.deployment;
        Obj only = activeOrLatest(rollout);
        if (only != null) {
            rollout.scale(only, deployment.number("spec.replicas"));
        } else if (RolloutMath.saturated(deployment, rollout.fresh)) {
            for (Obj set : Rollout.active(rollout.old)) {
                rollout.scale(set, 0);
            }
        } else if (RolloutMath.rolling(deployment)) {
            rollout.scaleAll(RolloutMath.proportional(deployment, Rollout.active(rollout.all())));
        }
    }

    /** The one active ReplicaSet, or where none is active the newest; null where several are. */
    private static Obj activeOrLatest(Rollout rollout) {
        List<Obj> active = Rollout.active(rollout.all());
        if (active.size() > 1) {
            return null;
        }
        if (active.size() == 1) {
            return active.get(0);
        }
        if (rollout.fresh != null || rollout.old.isEmpty()) {
            return rollout.fresh;
        }
        return rollout.old.get(rollout.old.size() - 1);
    }

    private void roll(Rollout rollout) {
        rollout.syncRevision(true);
        Obj before = rollout.deployment;
        if (!growNew(rollout) && !shrinkOld(rollout) && DeploymentStatus.complete(before)) {
            rollout.cleanUp();
        }
        writeProgress(rollout);
    }

    private boolean growNew(Rollout rollout) {
        Obj deployment = rollout.deployment;
        long wanted = deployment.number("spec.replicas");
        long current = rollout.fresh.number("spec.replicas");
        if (current == wanted) {
            return false;
        }
        return rollout.scale(
                rollout.fresh, current > wanted ? wanted : RolloutMath.newSize(deployment, rollout.all(), current));
    }

    private boolean shrinkOld(Rollout rollout) {
        Obj deployment = rollout.deployment;
        if (RolloutMath.replicas(rollout.old) == 0) {
            return false;
        }
        long least = deployment.number("spec.replicas") - RolloutMath.maxUnavailable(deployment);
        long unavailable = rollout.fresh.number("spec.replicas") - rollout.fresh.number("status.availableReplicas");
        long room = RolloutMath.replicas(rollout.all()) - least - unavailable;
        if (room <= 0) {
            return false;
        }
        long unhealthy = shrinkUnhealthy(rollout, room);
        return unhealthy + shrinkHealthy(rollout, least) > 0;
    }

    /** Pods that are not available anyway go first. */
    private long shrinkUnhealthy(Rollout rollout, long most) {
        long gone = 0;
        for (Obj set : new ArrayList<>(rollout.old)) {
            long size = set.number("spec.replicas");
            long part = Math.min(most - gone, size - set.number("status.availableReplicas"));
            if (size > 0 && part > 0) {
                rollout.scale(set, size - part);
                gone += part;
            }
        }
        return gone;
    }

    private long shrinkHealthy(Rollout rollout, long least) {
        long surplus = RolloutMath.sum(rollout.all(), "status.availableReplicas") - least;
        long gone = 0;
        for (Obj set : new ArrayList<>(rollout.old)) {
            long size = set.number("spec.replicas");
            long part = Math.min(size, surplus - gone);
            if (part > 0) {
                rollout.scale(set, size - part);
                gone += part;
            }
        }
        return gone;
    }

    private void recreate(Rollout rollout) {
        rollout.syncRevision(false);
        boolean scaledDown = false;
        for (Obj set : Rollout.active(rollout.old)) {
            scaledDown |= rollout.scale(set, 0);
        }
        if (!scaledDown && !oldPodsLeft(rollout)) {
            Obj before = rollout.deployment;
            if (rollout.fresh == null) {
                rollout.syncRevision(true);
            }
            rollout.scale(rollout.fresh, rollout.deployment.number("spec.replicas"));
            if (DeploymentStatus.complete(before)) {
                rollout.cleanUp();
            }
        }
        writeProgress(rollout);
    }

    private boolean oldPodsLeft(Rollout rollout) {
        if (RolloutMath.sum(rollout.old, "status.replicas") > 0) {
            return true;
        }
        for (Obj set : rollout.old) {
            for (Obj pod : client.owned(Resources.PODS, set.namespace(), set.uid())) {
                if (!Pods.terminal(pod)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The rollback that extensions/v1beta1 had, by annotation. */
    private void rollBack(Rollout rollout) {
        rollout.syncRevision(true);
        Obj deployment = rollout.deployment;
        long revision;
        try {
            revision = Long.parseLong(deployment.annotation(Revisions.ROLLBACK_TO));
        } catch (NumberFormatException e) {
            return;
        }
        long wanted = revision == 0 ? Revisions.last(rollout.all()) : revision;
        Obj target = rollout.all().stream()
                .filter(set -> wanted > 0 && Revisions.of(set) == wanted)
                .findFirst()
                .orElse(null);
        if (target == null) {
            events.warning(
                    deployment,
                    "DeploymentRollbackRevisionNotFound",
                    wanted == 0 ? "Unable to find last revision." : "Unable to find the revision to rollback to.");
        } else if (Rollout.sameTemplate(target, deployment)) {
            events.warning(
                    deployment,
                    "DeploymentRollbackTemplateUnchanged",
                    "The rollback revision contains the same template as current deployment \"" + deployment.name()
                            + "\"");
        } else {
            deployment.set("spec.template", target.at("spec.template").<JsonNode>deepCopy());
            deployment.child("spec.template").removeLabel("pod-template-hash");
            Revisions.restore(deployment, target);
            events.normal(
                    deployment,
                    "DeploymentRollback",
                    "Rolled back deployment \"" + deployment.name() + "\" to revision " + wanted);
        }
        deployment.removeAnnotation(Revisions.ROLLBACK_TO);
        rollout.deployment = client.update(Resources.DEPLOYMENTS, deployment).copy();
    }

    private void writeCounters(Rollout rollout) {
        Obj after = DeploymentStatus.counted(rollout);
        DeploymentStatus.availability(after, now());
        write(rollout, after);
    }

    private void writeProgress(Rollout rollout) {
        Obj before = rollout.deployment;
        Obj after = DeploymentStatus.counted(rollout);
        DeploymentStatus.availability(after, now());
        DeploymentStatus.progress(before, after, rollout.fresh, now());
        noteFailure(rollout, after);
        write(rollout, after);
    }

    private void noteFailure(Rollout rollout, Obj after) {
        List<Obj> sets = new ArrayList<>();
        if (rollout.fresh != null) {
            sets.add(rollout.fresh);
        }
        sets.addAll(rollout.old);
        for (Obj set : sets) {
            Obj failure = Conditions.find(set, "ReplicaFailure");
            if (failure != null) {
                Obj condition = failure.copy();
                condition.set("lastUpdateTime", failure.text("lastTransitionTime"));
                DeploymentStatus.set(after, condition);
                return;
            }
        }
        Conditions.remove(after, "ReplicaFailure");
    }

    private void write(Rollout rollout, Obj after) {
        Obj written = writeStatus(Resources.DEPLOYMENTS, rollout.deployment, after);
        rollout.deployment = written.copy();
    }
}
