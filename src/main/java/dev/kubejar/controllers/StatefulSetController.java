package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps a StatefulSet's pods: each with its name and claims, one after the other unless they may come in parallel. */
final class StatefulSetController extends Controller {
    /** A look goes no further than this beyond the pods that are there: the array has a place for each. */
    private static final int WINDOW = 1_000;

    private static final int LARGEST = 1_000_000;

    private final PodControl pace;

    StatefulSetController(ActorContext context) {
        super(context, "statefulset-controller");
        pace = new PodControl(client, events, clock);
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.STATEFULSETS)) {
            wake.accept(change.ref());
        } else if (change.of(Resources.PODS)) {
            wakeControllers(change, Resources.STATEFULSETS, "StatefulSet", wake);
            wakeForOrphan(change, wake);
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            selecting(Resources.STATEFULSETS, ref, "spec.selector").forEach(this::sync);
            return Outcome.done();
        }
        return client.find(ref).map(this::sync).orElse(Outcome.done());
    }

    /** One look at a set. */
    private final class Look {
        final Obj set;
        final RevisionHistory history;
        final Obj update;
        final Obj current;
        final StatefulPods control;
        final boolean monotonic;
        final Obj[] replicas;
        final List<Obj> condemned = new ArrayList<>();
        final PodControl.Share share;
        int made;
        boolean heldBack;

        Look(Obj set, List<Obj> pods) {
            this.set = set;
            history = new RevisionHistory(client, set);
            update = history.current();
            Obj before = history.named(set.text("status.currentRevision"));
            current = before == null ? update : before;
            control = new StatefulPods(client, events, set);
            monotonic = !set.text("spec.podManagementPolicy").equals("Parallel");
            replicas = new Obj[window(set, pods)];
            for (Obj pod : pods) {
                int ordinal = StatefulIdentity.ordinal(set, pod);
                if (StatefulIdentity.inRange(set, ordinal)) {
                    int place = ordinal - StatefulIdentity.start(set);
                    if (place < replicas.length) {
                        replicas[place] = pod;
                    }
                } else if (ordinal >= 0) {
                    condemned.add(pod);
                }
            }
            share = pace.share(set, set.number("spec.replicas") - pods.size() + condemned.size(), pods);
            condemned.sort(Comparator.comparing((Obj pod) -> -StatefulIdentity.ordinal(set, pod)));
        }

        private static int window(Obj set, List<Obj> pods) {
            int last = -1;
            for (Obj pod : pods) {
                last = Math.max(last, StatefulIdentity.ordinal(set, pod) - StatefulIdentity.start(set));
            }
            long wanted = Math.max(0, set.number("spec.replicas"));
            return (int) Math.min(wanted, Math.min(last + 1L + WINDOW, LARGEST));
        }

        boolean unavailable(Obj pod) {
            return pod == null || pod.deleting() || !Pods.available(pod, set.number("spec.minReadySeconds"), now());
        }

        /** The revision that a new pod of this ordinal is made by. */
        Obj revisionOf(int ordinal) {
            if (set.text("spec.updateStrategy.type", "RollingUpdate").equals("RollingUpdate")) {
                long old = set.has("spec.updateStrategy.rollingUpdate")
                        ? set.number("spec.updateStrategy.rollingUpdate.partition")
                        : set.number("status.currentReplicas");
                return ordinal < StatefulIdentity.start(set) + old ? current : update;
            }
            return update;
        }
    }

    private Outcome sync(Obj set) {
        if (!selectsOwn(set)) {
            return Outcome.done();
        }
        Selector selector = Selector.at(set, "spec.selector");
        List<Obj> pods =
                new Claims(client, set, selector).claim(Resources.PODS, pod -> StatefulIdentity.ordinal(set, pod) >= 0);
        Look look = new Look(set, pods);
        ApiError failure = null;
        if (!set.deleting()) {
            try {
                advance(look);
            } catch (ApiError e) {
                failure = e;
            }
        }
        writeStatus(Resources.STATEFULSETS, set, status(look));
        Set<String> live = new HashSet<>(List.of(look.current.name(), look.update.name()));
        pods.forEach(pod -> live.add(pod.label(StatefulIdentity.REVISION)));
        look.history.truncate(live);
        if (failure != null) {
            return namespaceTerminating(failure) ? Outcome.done() : Outcome.failed(failure.getMessage());
        }
        Instant next = nextAvailability(look);
        Instant more = look.share.again();
        return later(more == null || next != null && next.isBefore(more) ? next : more);
    }

    private void advance(Look look) {
        for (int i = 0; i < look.replicas.length; i++) {
            if (replica(look, i) && (look.monotonic || look.heldBack)) {
                return;
            }
        }
        look.condemned.forEach(look.control::retain);
        if (!condemned(look)) {
            update(look);
        }
    }

    /** Brings one replica forward; true where those after it have to wait. */
    private boolean replica(Look look, int i) {
        Obj pod = look.replicas[i];
        if (pod != null && Pods.terminal(pod)) {
            if (!pod.deleting()) {
                look.control.delete(pod);
            }
            return true;
        }
        if (pod == null) {
            int ordinal = StatefulIdentity.start(look.set) + i;
            Obj made = StatefulIdentity.pod(look.set, look.revisionOf(ordinal), ordinal);
            if (look.control.staleClaim(made)) {
                return true;
            }
            if (look.made == look.share.pods()) {
                look.heldBack = true;
                return true;
            }
            look.made++;
            look.replicas[i] = look.control.create(made);
            return true;
        }
        if (Pods.phase(pod).equals("Pending")) {
            look.control.claims(pod);
        }
        if (look.unavailable(pod) && look.monotonic) {
            return true;
        }
        look.control.retain(pod);
        if (!StatefulIdentity.matches(pod)) {
            look.replicas[i] = look.control.mend(pod);
        }
        return false;
    }

    /** Ends the pods past the last ordinal, the highest first; true while that goes on. */
    private boolean condemned(Look look) {
        Obj unhealthy = firstUnavailable(look);
        boolean busy = false;
        for (Obj pod : look.condemned) {
            if (pod.deleting()) {
                if (look.monotonic) {
                    return true;
                }
                continue;
            }
            if (look.monotonic && look.unavailable(pod) && pod != unhealthy) {
                return true;
            }
            look.control.delete(pod);
            busy = true;
            if (look.monotonic) {
                return true;
            }
        }
        return busy;
    }

    private static Obj firstUnavailable(Look look) {
        for (Obj pod : look.replicas) {
            if (look.unavailable(pod)) {
                return pod;
            }
        }
        for (int i = look.condemned.size() - 1; i >= 0; i--) {
            if (look.unavailable(look.condemned.get(i))) {
                return look.condemned.get(i);
            }
        }
        return null;
    }

    /**
     * Deletes the highest pod of an older revision, well or not, unless one above it is not available yet: one at a
     * time, as {@code maxUnavailable} is behind a feature gate that is off.
     */
    private void update(Look look) {
        if (look.set.text("spec.updateStrategy.type").equals("OnDelete")) {
            return;
        }
        long partition = Math.max(0, look.set.number("spec.updateStrategy.rollingUpdate.partition"));
        for (int i = look.replicas.length - 1; i >= partition; i--) {
            Obj pod = look.replicas[i];
            if (!pod.label(StatefulIdentity.REVISION).equals(look.update.name()) && !pod.deleting()) {
                look.control.delete(pod);
                look.replicas[i] = client.find(Ref.of(Resources.PODS, pod))
                        .filter(left -> left.uid().equals(pod.uid()))
                        .orElse(null);
                return;
            }
            if (look.unavailable(pod)) {
                return;
            }
        }
    }

    private Obj status(Look look) {
        long minReady = look.set.number("spec.minReadySeconds");
        long replicas = 0;
        long ready = 0;
        long available = 0;
        long current = 0;
        long updated = 0;
        List<Obj> all = new ArrayList<>(look.condemned);
        for (Obj pod : look.replicas) {
            if (pod != null) {
                all.add(pod);
            }
        }
        for (Obj pod : all) {
            replicas++;
            boolean up = Pods.phase(pod).equals("Running") && Pods.ready(pod);
            ready += up ? 1 : 0;
            available += up && Pods.available(pod, minReady, now()) ? 1 : 0;
            String revision = pod.deleting() ? "" : pod.label(StatefulIdentity.REVISION);
            current += revision.equals(look.current.name()) ? 1 : 0;
            updated += revision.equals(look.update.name()) ? 1 : 0;
        }
        String currentName = look.current.name();
        long wanted = look.set.number("spec.replicas");
        if (look.set.text("spec.updateStrategy.type", "RollingUpdate").equals("RollingUpdate")
                && updated == wanted
                && ready == wanted
                && replicas == wanted) {
            current = updated;
            currentName = look.update.name();
        }
        Obj changed = look.set.copy();
        changed.set("status.observedGeneration", look.set.generation()).set("status.replicas", replicas);
        positive(changed, "status.readyReplicas", ready);
        positive(changed, "status.currentReplicas", current);
        positive(changed, "status.updatedReplicas", updated);
        return changed.set("status.currentRevision", currentName)
                .set("status.updateRevision", look.update.name())
                .set("status.collisionCount", look.history.collisions)
                .set("status.availableReplicas", available);
    }

    private static void positive(Obj object, String path, long value) {
        if (value == 0) {
            object.remove(path);
        } else {
            object.set(path, value);
        }
    }

    private Instant nextAvailability(Look look) {
        long minReady = look.set.number("spec.minReadySeconds");
        Instant next = null;
        for (Obj pod : look.replicas) {
            Instant at = pod == null || minReady == 0 ? null : Pods.availableAt(pod, minReady);
            if (at != null && at.isAfter(now()) && (next == null || at.isBefore(next))) {
                next = at;
            }
        }
        return next;
    }
}
