package dev.kubejar.cli.own.check;

import dev.kubejar.client.Client;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets the cluster work until every workload is ready, or its time is up; and knows whose pods are whose. */
final class Workloads {
    /** How long ready workloads are watched: what crashes soon has not become ready. */
    private static final Duration WATCHED = Duration.ofSeconds(60);

    private static final Duration FIRST_STEP = Duration.ofSeconds(2);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);
    private static final int MOST_OWNERS = 5;
    private static final int LONGEST_NAME = 52;

    private final World world;
    private final Client client;
    private final Map<String, Manifest> trials = new HashMap<>();
    private final Map<String, Manifest> owners = new HashMap<>();
    /** The last that was seen of every pod, those too that are gone. */
    private final Map<String, Obj> seen = new HashMap<>();

    private final Map<String, List<Obj>> events = new HashMap<>();

    Workloads(World world) {
        this.world = world;
        this.client = world.client;
    }

    /** Runs each CronJob's job once, whatever its schedule. */
    void trials() {
        for (Manifest each : world.manifests()) {
            if (!each.kind().equals("CronJob") || !each.accepted()) {
                continue;
            }
            Obj template = each.sent.obj("spec.jobTemplate");
            String name = each.name();
            name = (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name) + "-check";
            Obj job = Obj.create("batch/v1", "Job", each.namespace, name)
                    .set("spec", template.copy().at("spec"));
            template.labels().forEach(job::setLabel);
            trials.put(each.namespace + "/" + name, each);
            try {
                client.create(Resources.JOBS, job);
            } catch (ApiError e) {
                trials.remove(each.namespace + "/" + name);
                new Refusals(world.findings, new Decoding(world.findings)).tell(each, e);
            }
        }
    }

    /** Lets time pass. */
    void converge(Duration timeout) {
        world.cluster.settle();
        Duration needed = watched();
        Duration passed = Duration.ZERO;
        Duration step = FIRST_STEP;
        look();
        while (passed.compareTo(timeout) < 0) {
            Duration left = timeout.minus(passed);
            Duration now = step.compareTo(left) < 0 ? step : left;
            world.cluster.advance(now);
            passed = passed.plus(now);
            look();
            if (passed.compareTo(needed) >= 0 && allReady() || world.cluster.nextDue() == null) {
                break;
            }
            step = step.multipliedBy(2).compareTo(LONGEST_STEP) < 0 ? step.multipliedBy(2) : LONGEST_STEP;
        }
        for (Obj event : client.list(Resources.EVENTS, "")) {
            events.computeIfAbsent(event.text("involvedObject.uid"), key -> new ArrayList<>())
                    .add(event);
        }
    }

    private void look() {
        for (Obj pod : client.list(Resources.PODS, "")) {
            seen.put(pod.uid(), pod);
        }
    }

    /** Until a failing liveness or startup probe would have had its effect. */
    private Duration watched() {
        long seconds = WATCHED.toSeconds();
        for (Manifest each : world.manifests()) {
            if (each.template() == null) {
                continue;
            }
            for (Obj container : each.pod().list("spec.containers")) {
                long startup = probe(container.obj("startupProbe"));
                seconds = Math.max(seconds, startup + probe(container.obj("livenessProbe")));
            }
        }
        return Duration.ofSeconds(seconds);
    }

    private static long probe(Obj probe) {
        if (probe.isEmpty()) {
            return 0;
        }
        long period = Math.max(1, probe.number("periodSeconds", 10));
        long tries = Math.max(1, probe.number("failureThreshold", 3)) + 1;
        return probe.number("initialDelaySeconds") + period * tries + 5;
    }

    private boolean allReady() {
        for (Manifest each : world.manifests()) {
            if (each.accepted() && each.template() != null && !ready(each)) {
                return false;
            }
        }
        for (Manifest each : trials.values()) {
            if (!ready(each)) {
                return false;
            }
        }
        return true;
    }

    /** The live object of a manifest; an empty one where it is gone. */
    Obj live(Manifest manifest) {
        return client.find(manifest.ref()).orElse(Obj.create());
    }

    /** Whether a workload has what it asks for. */
    boolean ready(Manifest manifest) {
        Obj live = live(manifest);
        long wanted = live.number("spec.replicas", 1);
        switch (manifest.kind()) {
            case "Deployment":
                return live.bool("spec.paused")
                        || live.number("status.observedGeneration") >= live.generation()
                                && live.number("status.updatedReplicas") >= wanted
                                && live.number("status.availableReplicas") >= wanted
                                && live.number("status.replicas") <= wanted;
            case "ReplicaSet", "ReplicationController":
                return live.number("status.availableReplicas") >= wanted;
            case "StatefulSet":
                return live.number("status.readyReplicas") >= wanted;
            case "DaemonSet":
                return live.number("status.desiredNumberScheduled") > 0
                        && live.number("status.numberAvailable") >= live.number("status.desiredNumberScheduled");
            case "Pod":
                return ready(live) || live.text("status.phase").equals("Succeeded");
            case "Job":
                return done(live);
            case "CronJob":
                return trials.entrySet().stream()
                        .filter(each -> each.getValue() == manifest)
                        .allMatch(each -> done(client.find(
                                        Resources.JOBS,
                                        manifest.namespace,
                                        each.getKey().substring(each.getKey().indexOf('/') + 1))
                                .orElse(Obj.create())));
            default:
                return true;
        }
    }

    private static boolean done(Obj job) {
        return Conditions.isTrue(job, "Complete") || job.bool("spec.suspend") || job.has("spec.managedBy");
    }

    static boolean ready(Obj pod) {
        return Conditions.isTrue(pod, "Ready");
    }

    /** The pods of a manifest, the last that was seen of each. */
    List<Obj> pods(Manifest manifest) {
        List<Obj> found = new ArrayList<>();
        seen.values().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .filter(pod -> owner(pod) == manifest)
                .forEach(found::add);
        return found;
    }

    /** All pods that are there now. */
    List<Obj> livePods(String namespace) {
        return client.list(Resources.PODS, namespace);
    }

    /** Whose object this is: the manifest at the top of its owners, or null. */
    Manifest owner(Obj object) {
        if (!owners.containsKey(object.uid())) {
            owners.put(object.uid(), findOwner(object));
        }
        return owners.get(object.uid());
    }

    private Manifest findOwner(Obj object) {
        Obj current = object;
        for (int i = 0; i < MOST_OWNERS && current != null; i++) {
            Manifest manifest = world.manifest(current.kind(), current.namespace(), current.name());
            if (manifest != null) {
                return manifest;
            }
            if (current.kind().equals("Job") && trials.containsKey(current.namespace() + "/" + current.name())) {
                return trials.get(current.namespace() + "/" + current.name());
            }
            current = above(current);
        }
        return null;
    }

    private Obj above(Obj object) {
        Obj owner = object.controller();
        if (owner == null) {
            return null;
        }
        var resource = world.mapper.find(owner.text("apiVersion"), owner.kind());
        Obj found = resource == null
                ? null
                : client.find(resource.resource(), object.namespace(), owner.text("name"))
                        .orElse(null);
        // gone by now, but its name tells
        return found != null
                ? found
                : Obj.create(owner.text("apiVersion"), owner.kind(), object.namespace(), owner.text("name"));
    }

    /** The events about an object, in the order of their names. */
    List<Obj> events(Obj object) {
        return events.getOrDefault(object.uid(), List.of());
    }

    /** The message of the last event of this reason about an object or what it owns in between; null for none. */
    String failure(Manifest manifest, String reason) {
        Obj last = null;
        for (List<Obj> each : events.values()) {
            for (Obj event : each) {
                if (event.text("reason").equals(reason) && about(event, manifest)) {
                    last = last == null || time(event).compareTo(time(last)) > 0 ? event : last;
                }
            }
        }
        return last == null ? null : last.text("message");
    }

    private static String time(Obj event) {
        return event.text("lastTimestamp", event.text("eventTime"));
    }

    private boolean about(Obj event, Manifest manifest) {
        Obj subject = event.obj("involvedObject");
        if (!subject.text("namespace").equals(manifest.namespace)) {
            return false;
        }
        if (subject.kind().equals(manifest.kind())) {
            return subject.text("name").equals(manifest.name());
        }
        var resource = world.mapper.find(subject.text("apiVersion"), subject.kind());
        if (resource == null) {
            return false;
        }
        return client.find(resource.resource(), manifest.namespace, subject.text("name"))
                .filter(found -> owner(found) == manifest)
                .isPresent();
    }
}
