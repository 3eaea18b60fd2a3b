package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Actor;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A reconciler of objects: it is woken with a reference, reads what is there, and brings the world nearer to what is
 * wanted. It keeps nothing between two looks.
 */
abstract class Controller implements Actor<Change> {
    static final String MANAGER = "kube-controller-manager";
    private static final GroupVersionResource LABELLED = new GroupVersionResource("", "", "labelled");
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

    /** Whether a reference is the key of {@link #labelled}. */
    static boolean isLabelled(Ref ref) {
        return ref.resource().equals(LABELLED);
    }

    /** A key that stands for whoever selects objects with these labels: read when it is looked at, not when told. */
    static Ref labelled(Obj object) {
        StringBuilder text = new StringBuilder();
        object.labels()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append(','));
        return new Ref(LABELLED, object.namespace(), text.toString());
    }

    /** The labels that {@link #labelled} wrote. */
    static Map<String, String> labelsOf(Ref ref) {
        Map<String, String> labels = new TreeMap<>();
        for (String pair : ref.name().split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                labels.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return labels;
    }

    /** Wakes for an object that nobody controls and that somebody new may select: it came, or its labels or owner changed. */
    static void wakeForOrphan(Change change, Consumer<Ref> wake) {
        Obj after = change.after();
        if (after == null || after.controller() != null || after.labels().isEmpty()) {
            return;
        }
        Obj before = change.before();
        if (before == null || before.controller() != null || !before.labels().equals(after.labels())) {
            wake.accept(labelled(after));
        }
    }

    /** The objects of a namespace whose label selector (a metav1.LabelSelector at the path) matches the key's labels. */
    final List<Obj> selecting(GroupVersionResource resource, Ref labelled, String path) {
        Map<String, String> labels = labelsOf(labelled);
        return client.list(resource, labelled.namespace()).stream()
                .filter(object -> {
                    Selector selector = Selector.at(object, path);
                    return !selector.isEmpty() && selector.matches(labels);
                })
                .toList();
    }

    /** Look again at an instant; null, or one that has come already and so was looked at just now, is done. */
    final Outcome later(Instant at) {
        return at == null || !at.isAfter(now()) ? Outcome.done() : Outcome.at(at);
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

    /** Whether a workload selects what its template makes; validation sees to it, and without it pods would be made for ever. */
    static boolean selectsOwn(Obj workload) {
        return Selector.at(workload, "spec.selector").matches(workload.map("spec.template.metadata.labels"));
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
