package dev.kubejar.kubelet;

import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The status that a kubelet reports for a pod, from its record: pkg/kubelet/status and kubelet_pods.go. */
final class StatusBuilder {
    private static final Set<String> OWN =
            Set.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "AllContainersRestarting");

    private final Obj pod;
    private final PodRecord record;
    private final Instant now;
    private final boolean terminal;
    private final String phase;

    private StatusBuilder(Obj pod, PodRecord record, boolean terminal, Instant now) {
        this.pod = pod;
        this.record = record;
        this.now = now;
        this.terminal = terminal;
        this.phase = phase();
    }

    /** The whole status; what the kubelet does not own is carried over. */
    static Obj build(Obj pod, PodRecord record, boolean terminal, String hostIp, Instant now) {
        return new StatusBuilder(pod, record, terminal, now).status(hostIp);
    }

    private String phase() {
        String before = pod.text("status.phase");
        if (before.equals("Failed") || before.equals("Succeeded")) {
            return before;
        }
        return record.text("failure").isEmpty() ? Phases.of(pod, record, terminal) : "Failed";
    }

    private Obj status(String hostIp) {
        Obj status = pod.obj("status").copy();
        status.set("phase", phase);
        reason(status);
        if (!hostIp.isEmpty()) {
            status.set("hostIP", hostIp);
            status.set("hostIPs", List.of(Obj.create().set("ip", hostIp)));
        }
        String ip = Containers.hostNetwork(pod) ? hostIp : record.ip();
        if (!ip.isEmpty()) {
            status.set("podIP", ip).set("podIPs", List.of(Obj.create().set("ip", ip)));
        }
        if (record.time("startTime") != null) {
            status.orSet("startTime", dev.kubejar.object.Times.seconds(record.time("startTime")));
        }
        boolean inits = !pod.list("spec.initContainers").isEmpty();
        statuses(status, "initContainerStatuses", pod.list("spec.initContainers"), inits);
        statuses(status, "containerStatuses", pod.list("spec.containers"), inits);
        statuses(status, "ephemeralContainerStatuses", pod.list("spec.ephemeralContainers"), inits);
        if (pod.generation() > 0) {
            status.set("observedGeneration", pod.generation());
        }
        status.set("conditions", conditions());
        return status;
    }

    private void reason(Obj status) {
        if (!record.text("failure").isEmpty()) {
            status.set("reason", record.text("failure"));
            status.set("message", record.text("failureMessage"));
        }
    }

    private void statuses(Obj status, String field, List<Obj> containers, boolean inits) {
        if (containers.isEmpty()) {
            return;
        }
        List<Obj> all = new ArrayList<>();
        for (Obj container : containers) {
            all.add(containerStatus(container, inits));
        }
        status.set(field, all);
    }

    private Obj containerStatus(Obj container, boolean inits) {
        ContainerRecord c = record.container(container.text("name"));
        Obj out = Obj.create().set("name", c.name);
        boolean regularInit = isInit(container) && !Containers.sidecar(container);
        // neither readiness nor start-up is asked of an ephemeral container
        boolean ephemeral = Containers.ephemeral(pod, c.name);
        out.set("ready", regularInit ? c.exited() && c.exitCode() == 0 : c.ready() && !ephemeral);
        if (!ephemeral) {
            out.set("started", c.started());
        }
        out.set("restartCount", c.restarts());
        out.set("image", c.image().isEmpty() ? container.text("image") : c.image());
        out.set("imageID", c.imageId());
        if (!c.id().isEmpty()) {
            out.set("containerID", "containerd://" + c.id());
        }
        state(out, c, inits);
        if (c.created()) {
            resources(out, container);
            if (c.running()) {
                user(out, container);
            }
        }
        mounts(out, container);
        return out;
    }

    private boolean isInit(Obj container) {
        for (Obj each : pod.list("spec.initContainers")) {
            if (each.text("name").equals(container.text("name"))) {
                return true;
            }
        }
        return false;
    }

    private void state(Obj out, ContainerRecord c, boolean inits) {
        Obj last = c.last();
        if (c.running() && !c.held()) {
            out.child("state.running").set("startedAt", c.startedAt());
        } else if (c.exited() && c.waitReason().isEmpty()) {
            terminated(
                    out.child("state.terminated"),
                    c.exitCode(),
                    c.reason(),
                    c.message(),
                    c.id(),
                    c.startedAt(),
                    c.finishedAt());
        } else {
            String reason = c.waitReason().isEmpty() ? inits ? "PodInitializing" : "ContainerCreating" : c.waitReason();
            Obj waiting = out.child("state.waiting").set("reason", reason);
            if (!c.waitMessage().isEmpty()) {
                waiting.set("message", c.waitMessage());
            }
            if (c.exited()) {
                terminated(
                        out.child("lastState.terminated"),
                        c.exitCode(),
                        c.reason(),
                        c.message(),
                        c.id(),
                        c.startedAt(),
                        c.finishedAt());
                return;
            }
        }
        if (last.isEmpty()) {
            out.child("lastState");
        } else {
            Instant started = last.has("startedAt") ? Instant.parse(last.text("startedAt")) : null;
            Instant finished = last.has("finishedAt") ? Instant.parse(last.text("finishedAt")) : null;
            terminated(
                    out.child("lastState.terminated"),
                    (int) last.number("exitCode"),
                    last.text("reason"),
                    last.text("message"),
                    last.text("id"),
                    started,
                    finished);
        }
    }

    private static void terminated(
            Obj out, int code, String reason, String message, String id, Instant started, Instant finished) {
        out.set("exitCode", code).set("reason", reason);
        if (!message.isEmpty()) {
            out.set("message", message);
        }
        // a container that never started has the zero time of Go as its start
        out.set("startedAt", reason.equals("StartError") ? Instant.EPOCH : started);
        out.set("finishedAt", finished);
        if (!id.isEmpty()) {
            out.set("containerID", "containerd://" + id);
        }
    }

    private void resources(Obj out, Obj container) {
        Obj resources = container.obj("resources").copy();
        out.set("resources", resources);
        if (container.has("resources.requests")) {
            out.set("allocatedResources", container.obj("resources.requests").copy());
        }
    }

    private void user(Obj out, Obj container) {
        Obj linux = out.child("user.linux");
        long uid = number(container, "runAsUser", 0);
        long gid = number(container, "runAsGroup", 0);
        linux.set("uid", uid).set("gid", gid);
        List<Long> groups = new ArrayList<>();
        groups.add(gid);
        if (pod.has("spec.securityContext.fsGroup")) {
            groups.add(pod.number("spec.securityContext.fsGroup"));
        }
        pod.at("spec.securityContext.supplementalGroups").forEach(g -> groups.add(g.asLong()));
        var list = Json.array();
        groups.stream().distinct().forEach(list::add);
        linux.set("supplementalGroups", list);
    }

    private long number(Obj container, String field, long absent) {
        return container.number("securityContext." + field, pod.number("spec.securityContext." + field, absent));
    }

    private void mounts(Obj out, Obj container) {
        List<Obj> mounts = new ArrayList<>();
        for (Obj mount : container.list("volumeMounts")) {
            Obj one = Obj.create().set("name", mount.text("name")).set("mountPath", mount.text("mountPath"));
            if (mount.bool("readOnly")) {
                one.set("readOnly", true).set("recursiveReadOnly", "Disabled");
            }
            mounts.add(one);
        }
        if (!mounts.isEmpty()) {
            out.set("volumeMounts", mounts);
        }
    }

    private List<Obj> conditions() {
        List<Obj> all = new ArrayList<>();
        for (Obj condition : pod.list("status.conditions")) {
            if (!OWN.contains(condition.text("type")) && !condition.text("type").equals("PodScheduled")) {
                all.add(condition);
            }
        }
        all.add(condition("PodReadyToStartContainers", record.sandbox(), "", ""));
        all.add(initialized());
        Obj ready = containersReady();
        all.add(ready(ready));
        all.add(ready);
        all.add(condition("PodScheduled", true, "", ""));
        return all;
    }

    private Obj initialized() {
        List<String> incomplete = new ArrayList<>();
        for (Obj container : pod.list("spec.initContainers")) {
            ContainerRecord c = record.container(container.text("name"));
            boolean done = Containers.sidecar(container) ? c.started() : c.exited() && c.exitCode() == 0;
            if (!done) {
                incomplete.add(c.name);
            }
        }
        if (phase.equals("Succeeded")) {
            return condition("Initialized", true, "PodCompleted", "");
        }
        for (Obj container : pod.list("spec.containers")) {
            if (record.container(container.text("name")).created()) {
                return condition("Initialized", true, "", "");
            }
        }
        return incomplete.isEmpty()
                ? condition("Initialized", true, "", "")
                : condition(
                        "Initialized",
                        false,
                        "ContainersNotInitialized",
                        "containers with incomplete status: " + list(incomplete));
    }

    private Obj containersReady() {
        if (phase.equals("Failed")) {
            return condition("ContainersReady", false, "PodFailed", "");
        }
        if (phase.equals("Succeeded")) {
            return condition("ContainersReady", false, "PodCompleted", "");
        }
        List<String> unready = new ArrayList<>();
        for (Obj container : pod.list("spec.initContainers")) {
            if (Containers.sidecar(container)
                    && !record.container(container.text("name")).ready()) {
                unready.add(container.text("name"));
            }
        }
        for (Obj container : pod.list("spec.containers")) {
            if (!record.container(container.text("name")).ready()) {
                unready.add(container.text("name"));
            }
        }
        return unready.isEmpty()
                ? condition("ContainersReady", true, "", "")
                : condition(
                        "ContainersReady",
                        false,
                        "ContainersNotReady",
                        "containers with unready status: " + list(unready));
    }

    private Obj ready(Obj containersReady) {
        if (!containersReady.text("status").equals("True")) {
            return condition("Ready", false, containersReady.text("reason"), containersReady.text("message"));
        }
        List<String> faults = new ArrayList<>();
        for (Obj gate : pod.list("spec.readinessGates")) {
            String type = gate.text("conditionType");
            Obj found = existing(type);
            if (found == null) {
                faults.add("corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
            } else if (!found.text("status").equals("True")) {
                faults.add("the status of pod readiness gate \"" + type + "\" is not \"True\", but "
                        + found.text("status"));
            }
        }
        return faults.isEmpty()
                ? condition("Ready", true, "", "")
                : condition("Ready", false, "ReadinessGatesNotReady", String.join(", ", faults));
    }

    private static String list(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }

    private Obj existing(String type) {
        for (Obj condition : pod.list("status.conditions")) {
            if (condition.text("type").equals(type)) {
                return condition;
            }
        }
        return null;
    }

    private Obj condition(String type, boolean status, String reason, String message) {
        Obj before = existing(type);
        String word = status ? "True" : "False";
        boolean same = before != null && before.text("status").equals(word);
        Obj made = Obj.create().set("type", type).set("status", word).set("lastProbeTime", Json.NODES.nullNode());
        made.set(
                "lastTransitionTime", same ? before.text("lastTransitionTime") : dev.kubejar.object.Times.seconds(now));
        if (pod.generation() > 0) {
            made.set("observedGeneration", pod.generation());
        }
        if (!reason.isEmpty()) {
            made.set("reason", reason);
        }
        if (!message.isEmpty()) {
            made.set("message", message);
        }
        return made;
    }
}
