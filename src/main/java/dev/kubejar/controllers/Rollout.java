package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One look at a Deployment: the object as it is being changed, and its ReplicaSets, the new one apart. */
final class Rollout {
    private static final String HASH = "pod-template-hash";
    private static final int LONGEST_NAME = 253;

    final Client client;
    final EventRecorder events;
    final Clock clock;
    Obj deployment;
    /** The ReplicaSet of the current template, or null. */
    Obj fresh;
    /** The others, oldest first. */
    final List<Obj> old = new ArrayList<>();

    Rollout(Client client, EventRecorder events, Clock clock, Obj deployment, List<Obj> sets) {
        this.client = client;
        this.events = events;
        this.clock = clock;
        this.deployment = deployment.copy();
        List<Obj> sorted = new ArrayList<>(sets);
        sorted.sort(Revisions.BY_AGE);
        for (Obj set : sorted) {
            if (fresh == null && sameTemplate(set, deployment)) {
                fresh = set;
            } else {
                old.add(set);
            }
        }
    }

    List<Obj> all() {
        List<Obj> all = new ArrayList<>(old);
        if (fresh != null) {
            all.add(fresh);
        }
        return all;
    }

    static List<Obj> active(List<Obj> sets) {
        return sets.stream().filter(set -> set.number("spec.replicas") > 0).toList();
    }

    /** Equal but for the hash label. */
    static boolean sameTemplate(Obj set, Obj deployment) {
        return bare(set).equals(bare(deployment));
    }

    private static Obj bare(Obj owner) {
        Obj template = owner.obj("spec.template").copy();
        template.removeLabel(HASH);
        template.remove("metadata.creationTimestamp");
        return template;
    }

    /** Numbers the new ReplicaSet as the latest revision, and makes it where it is wanted and not there. */
    void syncRevision(boolean create) {
        long revision = Revisions.max(old) + 1;
        if (fresh != null) {
            keepFresh(revision);
        } else if (create) {
            createFresh(revision);
        }
    }

    private void keepFresh(long revision) {
        Obj copy = fresh.copy();
        boolean annotated = Revisions.annotate(deployment, copy, revision, true);
        long minReady = deployment.number("spec.minReadySeconds");
        if (annotated || copy.number("spec.minReadySeconds") != minReady) {
            if (minReady == 0) {
                copy.remove("spec.minReadySeconds");
            } else {
                copy.set("spec.minReadySeconds", minReady);
            }
            fresh = client.update(Resources.REPLICASETS, copy);
        }
        boolean changed = number(fresh.annotation(Revisions.REVISION));
        if (DeploymentStatus.hasDeadline(deployment) && DeploymentStatus.progressing(deployment) == null) {
            DeploymentStatus.set(
                    deployment,
                    DeploymentStatus.condition(
                            "Progressing",
                            "True",
                            "FoundNewReplicaSet",
                            "Found new replica set \"" + fresh.name() + "\"",
                            clock.now()));
            changed = true;
        }
        if (changed) {
            writeStatus();
        }
    }

    private boolean number(String revision) {
        if (deployment.annotation(Revisions.REVISION).equals(revision)) {
            return false;
        }
        deployment.setAnnotation(Revisions.REVISION, revision);
        return true;
    }

    private void createFresh(long revision) {
        String hash = TemplateHash.of(bare(deployment).node(), deployment.number("status.collisionCount", -1));
        Obj made = newSet(hash);
        List<Obj> all = new ArrayList<>(old);
        all.add(made);
        long size = RolloutMath.newSize(deployment, all, 0);
        made.set("spec.replicas", size);
        Revisions.annotate(deployment, made, revision, false);
        boolean created = true;
        try {
            fresh = client.create(Resources.REPLICASETS, made);
        } catch (ApiError e) {
            fresh = taken(made, e);
            created = false;
        }
        if (created && size > 0) {
            scaled("up", fresh.name(), 0, size);
        }
        boolean changed = number(Long.toString(revision));
        if (created && DeploymentStatus.hasDeadline(deployment)) {
            DeploymentStatus.set(
                    deployment,
                    DeploymentStatus.condition(
                            "Progressing",
                            "True",
                            "NewReplicaSetCreated",
                            "Created new replica set \"" + fresh.name() + "\"",
                            clock.now()));
            changed = true;
        }
        if (changed) {
            writeStatus();
        }
    }

    private Obj newSet(String hash) {
        String name = deployment.name();
        int room = LONGEST_NAME - 1 - hash.length();
        Obj set = Obj.create(
                "apps/v1",
                "ReplicaSet",
                deployment.namespace(),
                (name.length() > room ? name.substring(0, room) : name) + "-" + hash);
        set.add("metadata.ownerReferences", Controller.ownerReference(deployment));
        if (deployment.number("spec.minReadySeconds") > 0) {
            set.set("spec.minReadySeconds", deployment.number("spec.minReadySeconds"));
        }
        set.set("spec.selector", deployment.at("spec.selector").<JsonNode>deepCopy());
        set.child("spec.selector.matchLabels").node().put(HASH, hash);
        set.set("spec.template", deployment.at("spec.template").<JsonNode>deepCopy());
        set.child("spec.template").setLabel(HASH, hash);
        return set.set("metadata.labels", set.map("spec.template.metadata.labels"));
    }

    /** The ReplicaSet was refused: it is there already, its hash belongs to another template, or it may not be. */
    private Obj taken(Obj made, ApiError refused) {
        if (refused.is("AlreadyExists")) {
            Obj there = client.get(Ref.of(Resources.REPLICASETS, made));
            Obj owner = there.controller();
            if (owner != null && owner.text("uid").equals(deployment.uid()) && sameTemplate(there, deployment)) {
                return there;
            }
            deployment.set("status.collisionCount", deployment.number("status.collisionCount", 0) + 1);
            writeStatus();
        } else if (!Controller.namespaceTerminating(refused)) {
            String message = "Failed to create new replica set \"" + made.name() + "\": " + refused.getMessage();
            if (DeploymentStatus.hasDeadline(deployment)) {
                DeploymentStatus.set(
                        deployment,
                        DeploymentStatus.condition(
                                "Progressing", "False", "ReplicaSetCreateError", message, clock.now()));
                writeStatus();
            }
            events.warning(deployment, "ReplicaSetCreateError", message);
        }
        throw refused;
    }

    /** Writes status and annotations; both go through the status subresource. */
    void writeStatus() {
        deployment = client.updateStatus(Resources.DEPLOYMENTS, deployment).copy();
    }

    /** Scales one ReplicaSet, in this look's own list too; true if its size changed. */
    boolean scale(Obj set, long size) {
        long before = set.number("spec.replicas");
        if (before == size) {
            return false;
        }
        rewrite(set, size);
        scaled(before < size ? "up" : "down", set.name(), before, size);
        return true;
    }

    /** Scales several, each being told the Deployment's size too. */
    void scaleAll(Map<Obj, Long> sizes) {
        sizes.forEach((set, size) -> {
            if (!scale(set, size) && Revisions.size(set.copy(), deployment)) {
                rewrite(set, size);
            }
        });
    }

    private void rewrite(Obj set, long size) {
        Obj copy = set.copy();
        copy.set("spec.replicas", size);
        Revisions.size(copy, deployment);
        Obj updated = client.update(Resources.REPLICASETS, copy);
        if (fresh != null && fresh.uid().equals(set.uid())) {
            fresh = updated;
        } else {
            old.replaceAll(other -> other.uid().equals(set.uid()) ? updated : other);
        }
    }

    private void scaled(String direction, String name, long from, long to) {
        events.normal(
                deployment,
                "ScalingReplicaSet",
                "Scaled " + direction + " replica set " + name + " from " + from + " to " + to);
    }

    /** Deletes what the revision history limit does not keep, lowest revision first. */
    void cleanUp() {
        long limit = deployment.number("spec.revisionHistoryLimit", Integer.MAX_VALUE);
        List<Obj> alive =
                new ArrayList<>(old.stream().filter(set -> !set.deleting()).toList());
        long surplus = alive.size() - limit;
        alive.sort((a, b) -> {
            int order = Long.compare(Revisions.of(a), Revisions.of(b));
            return order != 0 ? order : Revisions.BY_AGE.compare(a, b);
        });
        for (int i = 0; i < surplus; i++) {
            Obj set = alive.get(i);
            if (set.number("status.replicas") == 0
                    && set.number("spec.replicas") == 0
                    && set.generation() <= set.number("status.observedGeneration")) {
                client.delete(Ref.of(Resources.REPLICASETS, set));
            }
        }
    }
}
