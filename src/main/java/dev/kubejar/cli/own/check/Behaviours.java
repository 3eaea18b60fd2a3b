package dev.kubejar.cli.own.check;

import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How containers fail once they run: they exit, their probes fail, they never get done. A container that waits for a
 * Service whose own workload is in trouble is no cause.
 */
final class Behaviours {
    private record Doubt(String cause, Manifest manifest, Obj container, String field, String message, String also) {}

    private final World world;
    private final Workloads workloads;
    private final List<Doubt> doubts = new ArrayList<>();

    Behaviours(World world, Workloads workloads) {
        this.world = world;
        this.workloads = workloads;
    }

    /** Notes what a container does wrong; false where it does nothing wrong. */
    boolean tell(Manifest manifest, Obj pod, Obj spec, Obj status, String path) {
        boolean init = path.contains("initContainers[");
        boolean sidecar = init && spec.text("restartPolicy").equals("Always");
        Obj ended =
                status.has("state.terminated") ? status.obj("state.terminated") : status.obj("lastState.terminated");
        boolean running = status.has("state.running");
        if (status.has("state.terminated") && ended.number("exitCode") == 0 && (init || !restarts(pod))) {
            return false;
        }
        if (hook(manifest, pod, spec, path)) {
            return true;
        }
        String probe = killedBy(pod, spec);
        if (!ended.isEmpty() && !(running && steady(status))) {
            if (probe != null) {
                probe(manifest, pod, spec, path, probe);
            } else {
                ended(manifest, pod, spec, ended, path);
            }
            return true;
        }
        if (running && init && !sidecar) {
            note("init-container", manifest, spec, path, name(spec) + "has not come to its end", "");
            return true;
        }
        if (running && !status.bool("ready")) {
            String kind = spec.has("startupProbe") && !status.bool("started") ? "startupProbe" : "readinessProbe";
            if (spec.has(kind)) {
                probe(manifest, pod, spec, path, kind);
                return true;
            }
        }
        return false;
    }

    private boolean hook(Manifest manifest, Obj pod, Obj spec, String path) {
        for (Obj event : workloads.events(pod)) {
            String of = event.text("involvedObject.fieldPath");
            if (event.text("reason").equals("FailedPostStartHook") && of.endsWith("{" + spec.text("name") + "}")) {
                note(
                        "hook",
                        manifest,
                        spec,
                        path + ".lifecycle.postStart",
                        name(spec) + "is ended: its postStart hook fails",
                        "");
                return true;
            }
        }
        return false;
    }

    private static boolean restarts(Obj pod) {
        return pod.text("spec.restartPolicy", "Always").equals("Always");
    }

    /** Whether a container that has been started again now lasts longer than it did before. */
    private boolean steady(Obj status) {
        Instant started = status.time("state.running.startedAt");
        Instant before = status.time("lastState.terminated.startedAt");
        Instant end = status.time("lastState.terminated.finishedAt");
        if (started == null || before == null || end == null) {
            return true;
        }
        Duration lasted = Duration.between(before, end);
        return status.bool("ready")
                && Duration.between(started, world.cluster.now()).compareTo(lasted) > 0;
    }

    /** The probe for whose sake the kubelet has ended the container; null for none. */
    private String killedBy(Obj pod, Obj spec) {
        String found = null;
        for (Obj event : workloads.events(pod)) {
            String message = event.text("message");
            if (event.text("reason").equals("Killing")
                    && message.startsWith("Container " + spec.text("name") + " failed ")) {
                found = message.contains("startup probe") ? "startupProbe" : found == null ? "livenessProbe" : found;
            }
        }
        return found;
    }

    private void probe(Manifest manifest, Obj pod, Obj spec, String path, String kind) {
        String word = kind.substring(0, kind.length() - "Probe".length());
        String said = "";
        for (Obj event : workloads.events(pod)) {
            String message = event.text("message");
            boolean same = message.toLowerCase(java.util.Locale.ROOT).startsWith(word + " probe failed: ")
                    || message.toLowerCase(java.util.Locale.ROOT).startsWith(word + " probe errored");
            String of = event.text("involvedObject.fieldPath");
            if (same && (of.isEmpty() || of.endsWith("{" + spec.text("name") + "}"))) {
                said = ": " + message.substring(message.indexOf(':') + 1).strip();
            }
        }
        String also = "";
        for (String other : new String[] {"readinessProbe", "livenessProbe", "startupProbe"}) {
            if (!other.equals(kind) && spec.has(other) && handler(spec, other).equals(handler(spec, kind))) {
                also = path + "." + other;
            }
        }
        note("probe", manifest, spec, path + "." + kind, name(spec) + word + " probe fails" + said, also);
    }

    private static List<String> handler(Obj spec, String probe) {
        List<String> parts = new ArrayList<>();
        for (String each : new String[] {"httpGet", "tcpSocket", "exec", "grpc"}) {
            parts.add(spec.at(probe + "." + each).toString());
        }
        return parts;
    }

    private void ended(Manifest manifest, Obj pod, Obj spec, Obj ended, String path) {
        String field = path + (spec.has("command") ? ".command" : spec.has("args") ? ".args" : ".image");
        String reason = ended.text("reason");
        if (reason.equals("StartError") || reason.equals("ContainerCannotRun")) {
            String message = ended.text("message");
            int at = message.indexOf("exec: ");
            note(
                    "container-start",
                    manifest,
                    spec,
                    field,
                    name(spec) + "cannot start: " + (at < 0 ? message : message.substring(at)),
                    "");
        } else if (reason.equals("OOMKilled")) {
            note(
                    "out-of-memory",
                    manifest,
                    spec,
                    path + ".resources.limits.memory",
                    name(spec) + "is killed: out of memory",
                    "");
        } else {
            String last = lastLine(pod, spec);
            String code = "exits with code " + ended.number("exitCode");
            boolean fine = ended.number("exitCode") == 0;
            note(
                    "container-exits",
                    manifest,
                    spec,
                    field,
                    name(spec)
                            + code
                            + (fine ? ", and its pod restarts it for ever" : last.isEmpty() ? "" : ": " + last),
                    "");
        }
    }

    private String lastLine(Obj pod, Obj spec) {
        try {
            return LastLine.of(world.cluster.streams(), pod, spec.text("name"));
        } catch (RuntimeException e) {
            return ""; // its log is gone
        }
    }

    private static String name(Obj spec) {
        return "container \"" + spec.text("name") + "\" ";
    }

    private void note(String cause, Manifest manifest, Obj container, String field, String message, String also) {
        if (!manifest.mended) {
            doubts.add(new Doubt(cause, manifest, container, field, message, also));
        }
    }

    /** Tells what is a cause of its own. */
    void conclude(Links links) {
        for (Doubt each : doubts) {
            each.manifest.failing = true;
        }
        for (Doubt each : doubts) {
            if (links.waitsForTrouble(each.manifest, each.container)) {
                continue;
            }
            world.findings.shared(
                    each.manifest.title() + each.field + each.cause,
                    each.cause,
                    each.manifest,
                    each.field,
                    each.message);
            if (!each.also.isEmpty()) {
                world.findings.shared(
                        each.manifest.title() + each.field + each.cause, each.cause, each.manifest, each.also, "");
            }
        }
    }
}
