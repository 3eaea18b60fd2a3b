package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Actor;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Outcome;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A reconciler of objects: it is woken with a reference, reads what is there, and brings the world nearer to what is
 * wanted. It keeps nothing between two looks.
 */
abstract class Controller implements Actor<Change> {
    static final String MANAGER = "kube-controller-manager";
    private static final int CONFLICTS_IN_A_ROW = 5;

    final ActorContext context;
    final Client client;
    final Clock clock;
    final EventRecorder events;
    private final String name;

    /** {@code account} is its service account in kube-system, {@code component} the source of its events. */
    Controller(ActorContext context, String name, String account, String component) {
        this.context = context;
        this.name = name;
        this.client = context.client(account, MANAGER);
        this.clock = context.clock();
        this.events = context.recorder(client, component);
    }

    /** For controllers whose name, account and event source are one. */
    Controller(ActorContext context, String name) {
        this(context, name, name, name);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void observe(Change change, Consumer<String> wake) {
        watch(change, ref -> wake.accept(ref.key()));
    }

    /** Names the objects that this change makes worth a look. */
    abstract void watch(Change change, Consumer<Ref> wake);

    /** Looks at one object. What is gone is no error. */
    abstract Outcome reconcile(Ref ref);

    @Override
    public final Outcome act(String key) {
        Ref ref = Ref.parse(key);
        for (int i = 0; ; i++) {
            try {
                return reconcile(ref);
            } catch (ApiError e) {
                if (e.is("NotFound") && e.details().name().equals(ref.name())) {
                    return Outcome.done();
                }
                if (!e.is("Conflict") || i == CONFLICTS_IN_A_ROW) {
                    return Outcome.failed(e.getMessage());
                }
            }
        }
    }

    Instant now() {
        return clock.now();
    }

    /** The object of this resource that controls another one by owner reference, or null. */
    static Ref controllerRef(Obj object, GroupVersionResource resource, String kind) {
        Obj owner = object == null ? null : object.controller();
        if (owner == null
                || !owner.text("kind").equals(kind)
                || !Obj.create(owner.text("apiVersion"), kind).group().equals(resource.group())) {
            return null;
        }
        return new Ref(resource, object.namespace(), owner.text("name"));
    }

    /** Wakes the controllers of an object, before and after the change. */
    static void wakeControllers(Change change, GroupVersionResource resource, String kind, Consumer<Ref> wake) {
        Ref before = controllerRef(change.before(), resource, kind);
        Ref after = controllerRef(change.after(), resource, kind);
        if (before != null) {
            wake.accept(before);
        }
        if (after != null && !after.equals(before)) {
            wake.accept(after);
        }
    }

    /** Writes the status where it differs from what is there. */
    Obj writeStatus(GroupVersionResource resource, Obj old, Obj changed) {
        return old.obj("status").equals(changed.obj("status")) ? old : client.updateStatus(resource, changed);
    }

    /** The owner reference of a controlling owner. */
    static Obj ownerReference(Obj owner) {
        return Obj.create()
                .set("apiVersion", owner.apiVersion())
                .set("kind", owner.kind())
                .set("name", owner.name())
                .set("uid", owner.uid())
                .set("controller", true)
                .set("blockOwnerDeletion", true);
    }

    /** Whether a write was refused because the namespace is going. */
    static boolean namespaceTerminating(ApiError error) {
        return error.causes().stream().anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }
}
