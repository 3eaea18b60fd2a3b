package dev.kubejar.cli;

import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pods as commands find them: of a workload, their containers, the one that is meant when none is named. */
public final class Pods {
    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private Pods() {}

    /** The selector of an object's pods; throws for a kind that has none. */
    public static String selector(Obj object) {
        switch (object.kind()) {
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job":
                return LabelSelector.format(object.at("spec.selector"));
            case "ReplicationController":
                return LabelSelector.format(object.map("spec.selector"));
            case "Service":
                if (object.map("spec.selector").isEmpty()) {
                    throw new CliError(
                            "invalid service '" + object.name() + "': Service is defined without a selector");
                }
                return LabelSelector.format(object.map("spec.selector"));
            default:
                throw new CliError("selector for " + goType(object) + " not implemented");
        }
    }

    /** The type as Go's {@code %T} names it: {@code *v1.ConfigMap}. */
    public static String goType(Obj object) {
        String version = object.apiVersion().substring(object.apiVersion().indexOf('/') + 1);
        return "*" + version + "." + object.kind();
    }

    /** The pods of a workload, the most useful first; waits for the first to appear. */
    public static List<Obj> of(Invocation call, Obj workload, Duration timeout) {
        String selector = selector(workload);
        List<Obj> found = new ArrayList<>();
        boolean there = Await.until(call, Await.deadline(call, timeout), () -> {
            found.clear();
            found.addAll(
                    call.call(Request.list(Resources.PODS, workload.namespace()).labels(selector))
                            .items());
            return !found.isEmpty();
        });
        if (!there) {
            throw new CliError("timed out waiting for the condition");
        }
        found.sort(Comparator.comparing((Obj pod) -> pod.text("spec.nodeName").isEmpty())
                .thenComparing(pod -> phase(pod.text("status.phase")))
                .thenComparing(pod -> !ready(pod))
                .thenComparing(Pods::readySince)
                .thenComparing(pod -> -restarts(pod))
                .thenComparing(pod -> pod.text("metadata.creationTimestamp")));
        return found;
    }

    /** The pod that an object stands for when one is to attach to it: itself, or the most useful of its own. */
    public static Obj attachable(Invocation call, Obj object, Duration timeout) {
        if (object.kind().equals("Pod")) {
            return object;
        }
        try {
            selector(object);
        } catch (CliError e) {
            throw new CliError("cannot attach to " + goType(object) + ": " + e.getMessage());
        }
        return of(call, object, timeout).get(0);
    }

    private static int phase(String phase) {
        return switch (phase) {
            case "Running" -> 0;
            case "Unknown" -> 1;
            case "Pending" -> 2;
            default -> 0;
        };
    }

    /** Whether the pod's condition Ready is true. */
    public static boolean ready(Obj pod) {
        return pod.list("status.conditions").stream()
                .anyMatch(each ->
                        each.text("type").equals("Ready") && each.text("status").equals("True"));
    }

    private static Instant readySince(Obj pod) {
        for (Obj condition : pod.list("status.conditions")) {
            if (condition.text("type").equals("Ready")
                    && condition.text("status").equals("True")) {
                Instant since = condition.time("lastTransitionTime");
                return since == null ? Instant.MAX : since;
            }
        }
        return Instant.MAX;
    }

    private static long restarts(Obj pod) {
        return pod.list("status.containerStatuses").stream()
                .mapToLong(each -> each.number("restartCount"))
                .max()
                .orElse(0);
    }

    /** {@code a, b, debug (ephem), setup (init)}. */
    public static String containerNames(Obj pod) {
        List<String> names = new ArrayList<>();
        pod.list("spec.containers").forEach(each -> names.add(each.text("name")));
        pod.list("spec.ephemeralContainers").forEach(each -> names.add(each.text("name") + " (ephem)"));
        pod.list("spec.initContainers").forEach(each -> names.add(each.text("name") + " (init)"));
        return String.join(", ", names);
    }

    /** The container of a name, of whatever sort; null where there is none. */
    public static Obj container(Obj pod, String name) {
        for (String list : List.of("spec.containers", "spec.initContainers", "spec.ephemeralContainers")) {
            for (Obj each : pod.list(list)) {
                if (each.text("name").equals(name)) {
                    return each;
                }
            }
        }
        return null;
    }

    /** The container named, or the default one, which is told where there are others. */
    public static Obj containerOrDefault(Invocation call, Obj pod, String named, boolean quiet) {
        return containerOrDefault(pod, named, quiet, call.err());
    }

    /** The container named, or the default one, which is told to {@code err} (null: to nobody). */
    public static Obj containerOrDefault(Obj pod, String named, boolean quiet, Output err) {
        String name = named.isEmpty() ? pod.annotation(DEFAULT_CONTAINER) : named;
        if (!name.isEmpty()) {
            Obj found = container(pod, name);
            if (found == null) {
                throw new CliError("container " + name + " is not valid for pod " + pod.name() + " out of: "
                        + containerNames(pod));
            }
            return found;
        }
        Obj first = pod.list("spec.containers").get(0);
        if (!quiet && err != null && several(pod)) {
            err.println("Defaulted container " + Go.quote(first.text("name")) + " out of: " + containerNames(pod));
        }
        return first;
    }

    /** The container that an annotation names as the default; empty where none does. */
    public static String annotatedDefault(Obj pod) {
        return pod.annotation(DEFAULT_CONTAINER);
    }

    /** Whether there is a choice of containers. */
    public static boolean several(Obj pod) {
        return pod.list("spec.containers").size() > 1
                || !pod.list("spec.initContainers").isEmpty()
                || !pod.list("spec.ephemeralContainers").isEmpty();
    }

    /** {@code --pod-running-timeout}, refused where it is not positive. */
    public static Duration runningTimeout(Flags flags) {
        Duration timeout = flags.duration("pod-running-timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new CliError("--pod-running-timeout must be higher than zero");
        }
        return timeout;
    }
}
