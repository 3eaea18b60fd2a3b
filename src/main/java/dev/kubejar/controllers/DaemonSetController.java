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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Keeps one pod of a DaemonSet on every node that it suits. */
final class DaemonSetController extends Controller {
    /** The key that stands for every DaemonSet: a node has changed. */
    private static final Ref ALL = new Ref(Resources.DAEMONSETS, "", "");

    private static final String BACKOFF = "/machine/daemon-backoff/";
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LAST_BACKOFF = Duration.ofMinutes(15);
    private static final Comparator<Obj> OLDEST_FIRST = Comparator.comparing(
                    (Obj pod) -> pod.text("spec.nodeName").isEmpty() ? 1 : 0)
            .thenComparing(pod -> pod.text("metadata.creationTimestamp"))
            .thenComparing(Obj::name);

    private final PodControl control;

    DaemonSetController(ActorContext context) {
        super(context, "daemonset-controller", "daemon-set-controller", "daemonset-controller");
        control = new PodControl(client, events, clock);
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.DAEMONSETS)) {
            wake.accept(change.ref());
        } else if (change.of(Resources.PODS)) {
            wakeControllers(change, Resources.DAEMONSETS, "DaemonSet", wake);
            wakeForOrphan(change, wake);
        } else if (change.of(Resources.NODES)) {
            Obj before = change.before();
            Obj after = change.after();
            if (before == null
                    || after == null
                    || !before.labels().equals(after.labels())
                    || !before.at("spec").equals(after.at("spec"))) {
                wake.accept(ALL);
            }
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            selecting(Resources.DAEMONSETS, ref, "spec.selector").forEach(this::sync);
            return Outcome.done();
        }
        if (ref.equals(ALL)) {
            client.list(Resources.DAEMONSETS, "").forEach(this::sync);
            return Outcome.done();
        }
        return client.find(ref).map(this::sync).orElse(Outcome.done());
    }

    /** One look at a set: the nodes, what each should have, and the pods it has. */
    private final class Look {
        final Obj set;
        final String hash;
        final RevisionHistory history;
        final List<Obj> nodes = client.list(Resources.NODES, "");
        final Map<String, DaemonPods.Wanted> wanted = new TreeMap<>();
        final Map<String, List<Obj>> pods = new TreeMap<>();
        final List<Obj> delete = new ArrayList<>();
        final List<String> create = new ArrayList<>();
        Instant next;

        Look(Obj set) {
            this.set = set;
            history = new RevisionHistory(client, set);
            hash = RevisionHistory.hash(history.current());
            nodes.forEach(node -> wanted.put(node.name(), DaemonPods.wanted(set, node)));
            read();
        }

        void read() {
            pods.clear();
            Selector selector = Selector.at(set, "spec.selector");
            for (Obj pod : new Claims(client, set, selector).claim(Resources.PODS, found -> true)) {
                pods.computeIfAbsent(DaemonPods.node(pod), k -> new ArrayList<>())
                        .add(pod);
            }
            pods.values().forEach(list -> list.sort(OLDEST_FIRST));
        }

        boolean available(Obj pod) {
            return Pods.available(pod, set.number("spec.minReadySeconds"), now());
        }

        long desired() {
            return wanted.values().stream().filter(DaemonPods.Wanted::run).count();
        }

        int surge() {
            return rolling() ? Scaled.of(set.at("spec.updateStrategy.rollingUpdate.maxSurge"), desired(), true, 0) : 0;
        }

        boolean rolling() {
            return set.text("spec.updateStrategy.type", "RollingUpdate").equals("RollingUpdate");
        }
    }

    private Outcome sync(Obj set) {
        if (!selectsOwn(set)) {
            return Outcome.done();
        }
        if (Selector.at(set, "spec.selector").isEmpty()) {
            events.warning(
                    set, "SelectingAll", "This daemon set is selecting all pods. A non-empty selector is required.");
            return Outcome.done();
        }
        if (set.deleting()) {
            return Outcome.done();
        }
        Look look = new Look(set);
        ApiError failure = null;
        try {
            manage(look);
            if (!apply(look) && look.rolling()) {
                roll(look);
                apply(look);
            }
        } catch (ApiError e) {
            failure = e;
        }
        Set<String> live = new TreeSet<>();
        for (Obj revision : look.history.all()) {
            String hash = RevisionHistory.hash(revision);
            boolean used = look.pods.values().stream().flatMap(List::stream).anyMatch(pod -> pod.label(DaemonPods.HASH)
                    .equals(hash));
            if (used || hash.equals(look.hash)) {
                live.add(revision.name());
            }
        }
        look.history.truncate(live);
        look.read();
        writeStatus(Resources.DAEMONSETS, set, status(look));
        if (failure != null) {
            return namespaceTerminating(failure) ? Outcome.done() : Outcome.failed(failure.getMessage());
        }
        return later(look.next);
    }

    /** Makes and deletes what was decided on; true if there was anything. */
    private boolean apply(Look look) {
        boolean any = !look.create.isEmpty() || !look.delete.isEmpty();
        for (String node : look.create) {
            control.create(DaemonPods.pod(look.set, node, look.hash), look.set);
        }
        look.delete.forEach(pod -> control.delete(pod, look.set));
        look.create.clear();
        look.delete.clear();
        return any;
    }

    private void manage(Look look) {
        for (Obj node : look.nodes) {
            DaemonPods.Wanted wanted = look.wanted.get(node.name());
            List<Obj> there = look.pods.get(node.name());
            if (wanted.run() && there == null) {
                look.create.add(node.name());
            } else if (wanted.keep() && there != null) {
                keep(look, node.name(), there, wanted.run());
            } else if (there != null) {
                there.stream().filter(pod -> !pod.deleting()).forEach(look.delete::add);
            }
        }
        for (Map.Entry<String, List<Obj>> entry : look.pods.entrySet()) {
            if (!look.wanted.containsKey(entry.getKey())) {
                entry.getValue().stream()
                        .filter(pod -> pod.text("spec.nodeName").isEmpty() && !pod.deleting())
                        .forEach(look.delete::add);
            }
        }
    }

    /** Leaves one pod on a node, two while one replaces the other; ended ones are made anew. */
    private void keep(Look look, String node, List<Obj> there, boolean run) {
        List<Obj> running = new ArrayList<>();
        for (Obj pod : there) {
            if (pod.deleting()) {
                continue;
            }
            if (Pods.phase(pod).equals("Failed")) {
                failed(look, node, pod);
            } else if (Pods.phase(pod).equals("Succeeded")) {
                events.normal(
                        look.set,
                        "SucceededDaemonPod",
                        "Found succeeded daemon pod " + pod.namespace() + "/" + pod.name() + " on node " + node
                                + ", will try to delete it");
                look.delete.add(pod);
            } else {
                running.add(pod);
            }
        }
        if (look.surge() == 0) {
            look.delete.addAll(running.subList(Math.min(1, running.size()), running.size()));
        } else if (running.isEmpty() && run) {
            look.create.add(node);
        } else if (running.size() > 1) {
            replaced(look, running);
        }
    }

    private void replaced(Look look, List<Obj> running) {
        Obj fresh = null;
        Obj old = null;
        for (Obj pod : running) {
            if (pod.label(DaemonPods.HASH).equals(look.hash) && fresh == null) {
                fresh = pod;
            } else if (!pod.label(DaemonPods.HASH).equals(look.hash) && old == null) {
                old = pod;
            } else {
                look.delete.add(pod);
            }
        }
        if (fresh != null && old != null && (!Pods.ready(old) || look.available(fresh))) {
            look.delete.add(old);
        }
    }

    private void failed(Look look, String node, Obj pod) {
        String key = BACKOFF + look.set.uid() + "/" + node;
        byte[] bytes = context.memory().get(key);
        long delay = bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
        Instant last = bytes == null
                ? null
                : Instant.ofEpochSecond(ByteBuffer.wrap(bytes).getLong(8));
        if (last != null && last.plusSeconds(delay).isAfter(now())) {
            look.next = earlier(look.next, last.plusSeconds(delay));
            return;
        }
        boolean fresh = last == null || last.plus(LAST_BACKOFF.multipliedBy(2)).isBefore(now());
        long next = fresh ? FIRST_BACKOFF.getSeconds() : Math.min(delay * 2, LAST_BACKOFF.getSeconds());
        context.memory()
                .put(
                        key,
                        ByteBuffer.allocate(16)
                                .putLong(next)
                                .putLong(now().getEpochSecond())
                                .array());
        events.warning(
                look.set,
                "FailedDaemonPod",
                "Found failed daemon pod " + pod.namespace() + "/" + pod.name() + " on node " + node
                        + ", will try to kill it");
        look.delete.add(pod);
    }

    /** Replaces pods of older revisions, as many at a time as may be missing or too many. */
    private void roll(Look look) {
        int surge = look.surge();
        int most = Scaled.of(look.set.at("spec.updateStrategy.rollingUpdate.maxUnavailable"), look.desired(), true, 1);
        if (look.desired() > 0 && surge == 0 && most == 0) {
            most = 1;
        }
        look.wanted.forEach((node, wanted) -> {
            if (wanted.run()) {
                look.pods.putIfAbsent(node, new ArrayList<>());
            }
        });
        if (surge == 0) {
            rollMissing(look, most);
        } else {
            rollSurging(look, surge);
        }
    }

    private static Obj only(Look look, List<Obj> pods, boolean updated) {
        return pods.stream()
                .filter(pod -> !pod.deleting() && DaemonPods.updated(look.set, pod, look.hash) == updated)
                .findFirst()
                .orElse(null);
    }

    private void rollMissing(Look look, int most) {
        int missing = 0;
        List<Obj> candidates = new ArrayList<>();
        for (List<Obj> pods : look.pods.values()) {
            Obj fresh = only(look, pods, true);
            Obj old = only(look, pods, false);
            if ((fresh == null) == (old == null)) {
                missing++;
            } else if (fresh != null) {
                missing += look.available(fresh) ? 0 : 1;
            } else if (!look.available(old)) {
                look.delete.add(old);
                missing++;
            } else {
                candidates.add(old);
            }
        }
        int room = Math.max(0, Math.min(most - missing, candidates.size()));
        look.delete.addAll(candidates.subList(0, room));
    }

    private void rollSurging(Look look, int surge) {
        int surging = 0;
        List<String> candidates = new ArrayList<>();
        for (Map.Entry<String, List<Obj>> entry : look.pods.entrySet()) {
            Obj fresh = only(look, entry.getValue(), true);
            Obj old = only(look, entry.getValue(), false);
            DaemonPods.Wanted wanted = look.wanted.get(entry.getKey());
            boolean run = wanted != null && wanted.run();
            if (old == null) {
                continue;
            }
            if (fresh != null) {
                if (look.available(fresh)) {
                    look.delete.add(old);
                } else {
                    surging++;
                }
            } else if (!run) {
                look.delete.add(old);
            } else if (!look.available(old)) {
                look.create.add(entry.getKey());
            } else {
                candidates.add(entry.getKey());
            }
        }
        int room = Math.max(0, Math.min(surge - surging, candidates.size()));
        look.create.addAll(candidates.subList(0, room));
    }

    private Obj status(Look look) {
        long scheduled = 0;
        long misscheduled = 0;
        long ready = 0;
        long updated = 0;
        long available = 0;
        for (Obj node : look.nodes) {
            List<Obj> pods = look.pods.getOrDefault(node.name(), List.of());
            if (!look.wanted.get(node.name()).run()) {
                misscheduled += pods.isEmpty() ? 0 : 1;
                continue;
            }
            if (pods.isEmpty()) {
                continue;
            }
            scheduled++;
            Obj pod = pods.get(0);
            ready += Pods.ready(pod) ? 1 : 0;
            available += look.available(pod) ? 1 : 0;
            updated += DaemonPods.updated(look.set, pod, look.hash) ? 1 : 0;
            long minReady = look.set.number("spec.minReadySeconds");
            Instant at = minReady == 0 ? null : Pods.availableAt(pod, minReady);
            if (at != null && at.isAfter(now())) {
                look.next = earlier(look.next, at);
            }
        }
        long desired = look.desired();
        Obj changed = look.set.copy();
        changed.set("status.currentNumberScheduled", scheduled)
                .set("status.numberMisscheduled", misscheduled)
                .set("status.desiredNumberScheduled", desired)
                .set("status.numberReady", ready)
                .set("status.observedGeneration", look.set.generation());
        positive(changed, "status.updatedNumberScheduled", updated);
        positive(changed, "status.numberAvailable", available);
        positive(changed, "status.numberUnavailable", desired - available);
        return changed;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a == null || b.isBefore(a) ? b : a;
    }

    private static void positive(Obj object, String path, long value) {
        if (value <= 0) {
            object.remove(path);
        } else {
            object.set(path, value);
        }
    }
}
