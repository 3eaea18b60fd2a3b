package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Deletes what has lost its owners, and holds an owner back that waits for its dependents, or sets them free. */
final class GarbageCollector extends Controller {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final GroupVersionResource DEPENDENTS = new GroupVersionResource("", "", "dependents");

    /** What an owner reference comes to. */
    private enum State {
        SOLID,
        DANGLING,
        WAITING
    }

    GarbageCollector(ActorContext context) {
        super(context, "garbage-collector", "generic-garbage-collector", "garbage-collector-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.EVENTS)) {
            return;
        }
        Obj before = change.before();
        Obj after = change.after();
        if (after == null) {
            wake.accept(new Ref(DEPENDENTS, "", before.uid()));
            for (Obj owner : before.list("metadata.ownerReferences")) {
                wakeOwner(owner, before, wake);
            }
            return;
        }
        boolean newOwners = after.has("metadata.ownerReferences")
                && (before == null
                        || !before.at("metadata.ownerReferences").equals(after.at("metadata.ownerReferences")));
        if (newOwners || waits(after)) {
            wake.accept(change.ref());
        }
        if (waits(after)) {
            wake.accept(new Ref(DEPENDENTS, "", after.uid()));
        }
        if (before != null && !before.at("metadata.ownerReferences").equals(after.at("metadata.ownerReferences"))) {
            before.list("metadata.ownerReferences").forEach(owner -> wakeOwner(owner, before, wake));
        }
    }

    private static boolean waits(Obj object) {
        List<String> finalizers = object.deleting() ? object.texts("metadata.finalizers") : List.of();
        return finalizers.contains(FOREGROUND) || finalizers.contains(ORPHAN);
    }

    private void wakeOwner(Obj owner, Obj dependent, Consumer<Ref> wake) {
        if (owner.bool("blockOwnerDeletion")) {
            ownerRef(owner, dependent).ifPresent(wake);
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (ref.resource().equals(DEPENDENTS)) {
            for (Ref dependent : context.census().ownedBy(ref.name())) {
                examine(dependent);
            }
        } else {
            client.find(ref).ifPresent(this::strangers);
            examine(ref);
        }
        return Outcome.done();
    }

    /** Says where an owner is one of another namespace, which owns nothing here. */
    private void strangers(Obj object) {
        for (Obj owner : object.list("metadata.ownerReferences")) {
            if (object.deleting() || object.namespace().isEmpty() || state(owner, object) != State.DANGLING) {
                continue;
            }
            Ref meant = ownerRef(owner, object).orElseThrow();
            Request sameName = Request.list(meant.resource(), "").fields("metadata.name=" + meant.name());
            boolean elsewhere = !meant.namespace().isEmpty()
                    && client.call(sameName).items().stream()
                            .anyMatch(each -> each.uid().equals(owner.text("uid")));
            if (elsewhere) {
                String identity = "[" + owner.text("apiVersion") + "/" + owner.text("kind") + ", namespace: "
                        + object.namespace() + ", name: " + owner.text("name") + ", uid: " + owner.text("uid") + "]";
                events.record(
                        object,
                        "",
                        "Warning",
                        "OwnerRefInvalidNamespace",
                        "ownerRef " + identity + " does not exist in namespace \"" + object.namespace() + "\"",
                        Map.of());
            }
        }
    }

    private void examine(Ref ref) {
        Obj object = client.find(ref).orElse(null);
        if (object == null) {
            return;
        }
        List<String> finalizers = object.texts("metadata.finalizers");
        if (object.deleting()) {
            if (finalizers.contains(ORPHAN)) {
                orphan(ref, object);
            } else if (finalizers.contains(FOREGROUND)) {
                awaitDependents(ref, object);
            }
            return;
        }
        if (object.has("metadata.ownerReferences")) {
            judge(ref, object);
        }
    }

    /** Sets the dependents free, then the object. */
    private void orphan(Ref ref, Obj owner) {
        for (Ref dependent : context.census().ownedBy(owner.uid())) {
            client.find(dependent).ifPresent(object -> dropOwners(dependent, object, List.of(owner.uid())));
        }
        dropFinalizer(ref, owner, ORPHAN);
    }

    /** Lets the object go when no dependent blocks it any more; otherwise has them deleted first. */
    private void awaitDependents(Ref ref, Obj owner) {
        boolean blocked = false;
        List<Ref> dependents = context.census().ownedBy(owner.uid());
        for (Ref dependent : dependents) {
            blocked |= client.find(dependent)
                    .map(object -> reference(object, owner.uid()).bool("blockOwnerDeletion"))
                    .orElse(false);
        }
        if (!blocked) {
            dropFinalizer(ref, owner, FOREGROUND);
            return;
        }
        for (Ref dependent : dependents) {
            client.find(dependent).filter(object -> !object.deleting()).ifPresent(object -> judge(dependent, object));
        }
    }

    private static Obj reference(Obj object, String ownerUid) {
        for (Obj owner : object.list("metadata.ownerReferences")) {
            if (owner.text("uid").equals(ownerUid)) {
                return owner;
            }
        }
        return Obj.create();
    }

    /** Deletes an object none of whose owners is left, and forgets those that are gone where one stays. */
    private void judge(Ref ref, Obj object) {
        boolean solid = false;
        boolean waiting = false;
        List<String> lost = new ArrayList<>();
        for (Obj owner : object.list("metadata.ownerReferences")) {
            switch (state(owner, object)) {
                case SOLID -> solid = true;
                case WAITING -> {
                    waiting = true;
                    lost.add(owner.text("uid"));
                }
                default -> lost.add(owner.text("uid"));
            }
        }
        if (lost.isEmpty()) {
            return;
        }
        if (solid) {
            dropOwners(ref, object, lost);
        } else {
            boolean dependents =
                    waiting && !context.census().ownedBy(object.uid()).isEmpty();
            delete(ref, object, dependents);
        }
    }

    private void delete(Ref ref, Obj object, boolean foreground) {
        List<String> finalizers = object.texts("metadata.finalizers");
        String policy = foreground || finalizers.contains(FOREGROUND) ? "Foreground" : "Background";
        if (finalizers.contains(ORPHAN)) {
            policy = "Orphan";
        }
        try {
            client.call(Request.delete(ref.resource(), ref.namespace(), ref.name())
                    .propagation(policy)
                    .uid(object.uid()));
        } catch (ApiError e) {
            if (!e.is("NotFound") && !e.is("Conflict")) {
                throw e;
            }
        }
    }

    private State state(Obj owner, Obj dependent) {
        Optional<Ref> ref = ownerRef(owner, dependent);
        if (ref.isEmpty()) {
            return State.SOLID; // a kind that nobody serves may come back
        }
        Obj found = client.find(ref.get()).orElse(null);
        if (found == null || !found.uid().equals(owner.text("uid"))) {
            return State.DANGLING;
        }
        boolean foreground =
                found.deleting() && found.texts("metadata.finalizers").contains(FOREGROUND);
        return foreground ? State.WAITING : State.SOLID;
    }

    private Optional<Ref> ownerRef(Obj owner, Obj dependent) {
        return context.census()
                .resource(owner.text("apiVersion"), owner.text("kind"))
                .map(resource -> new Ref(
                        resource,
                        context.census().namespaced(resource) ? dependent.namespace() : "",
                        owner.text("name")));
    }

    private void dropOwners(Ref ref, Obj object, List<String> uids) {
        List<Obj> kept = object.list("metadata.ownerReferences").stream()
                .filter(owner -> !uids.contains(owner.text("uid")))
                .toList();
        Obj patch = Obj.create().set("metadata.uid", object.uid());
        if (kept.isEmpty()) {
            patch.set("metadata.ownerReferences", (com.fasterxml.jackson.databind.JsonNode) Json.NODES.nullNode());
        } else {
            patch.set("metadata.ownerReferences", kept);
        }
        client.merge(ref, patch.node());
    }

    private void dropFinalizer(Ref ref, Obj object, String finalizer) {
        List<String> kept = new ArrayList<>(object.texts("metadata.finalizers"));
        kept.remove(finalizer);
        Obj patch = Obj.create().set("metadata.uid", object.uid());
        patch.set("metadata.resourceVersion", object.resourceVersion());
        if (kept.isEmpty()) {
            patch.set("metadata.finalizers", (com.fasterxml.jackson.databind.JsonNode) Json.NODES.nullNode());
        } else {
            patch.setTexts("metadata.finalizers", kept);
        }
        client.merge(ref, patch.node());
    }
}
