package dev.kubejar.scheduler;

import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.function.BiConsumer;

/** Which events a change of an object is for waiting pods, with the node concerned (empty: none in particular). */
final class Wakes {
    private Wakes() {}

    static void of(Change change, BiConsumer<Event, String> wake) {
        if (change.of(Resources.NODES)) {
            node(change, wake);
        } else if (change.of(Resources.PODS)) {
            pod(change, wake);
        } else if (change.of(Resources.PERSISTENTVOLUMECLAIMS)) {
            wake.accept(Event.CLAIM, "");
        } else if (change.of(Resources.PERSISTENTVOLUMES)) {
            wake.accept(Event.VOLUME, "");
        } else if (change.of(Resources.STORAGECLASSES)) {
            wake.accept(Event.STORAGE_CLASS, "");
        } else if (change.of(Resources.NAMESPACES)
                && change.before() != null
                && change.after() != null
                && !change.before().labels().equals(change.after().labels())) {
            wake.accept(Event.NAMESPACE, "");
        }
    }

    private static void node(Change change, BiConsumer<Event, String> wake) {
        String name = change.ref().name();
        Obj before = change.before();
        Obj after = change.after();
        if (after == null) {
            return;
        }
        if (before == null) {
            wake.accept(Event.NODE_ADD, name);
            return;
        }
        if (!before.labels().equals(after.labels())) {
            wake.accept(Event.NODE_LABEL, name);
        }
        if (!before.at("spec.taints").equals(after.at("spec.taints"))
                || before.bool("spec.unschedulable") != after.bool("spec.unschedulable")) {
            wake.accept(Event.NODE_TAINT, name);
        }
        if (!before.at("status.allocatable").equals(after.at("status.allocatable"))) {
            wake.accept(Event.NODE_ALLOCATABLE, name);
        }
    }

    private static void pod(Change change, BiConsumer<Event, String> wake) {
        boolean counted = Load.counts(change.before());
        boolean counts = Load.counts(change.after());
        if (counted && !counts) {
            wake.accept(Event.POD_DELETE, "");
        } else if (!counted && counts) {
            wake.accept(Event.POD_ADD, "");
        } else if (counts) {
            Obj before = change.before();
            Obj after = change.after();
            if (!before.labels().equals(after.labels()) || before.deleting() != after.deleting()) {
                wake.accept(Event.POD_ADD, "");
            }
            if (!before.at("spec.containers").equals(after.at("spec.containers"))) {
                wake.accept(Event.POD_DELETE, "");
            }
        }
    }
}
