package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.List;

/** What a resize of a pod may change: cpu and memory of its containers and its own, without another QoS class (KEP-1287). */
final class PodResizeRules {
    private static final List<String> MUTABLE = List.of("cpu", "memory");

    private PodResizeRules() {}

    static void check(Obj pod, Obj before, Problems problems) {
        if (before.annotations().containsKey("kubernetes.io/config.mirror")) {
            problems.forbidden("[]", "static pods cannot be resized");
            return;
        }
        if (before.text("spec.os.name").equals("windows")) {
            problems.forbidden("[]", "windows pods cannot be resized");
            return;
        }
        String was = before.text("status.qosClass", Qos.of(before.obj("spec")));
        if (!was.equals(Qos.of(pod.obj("spec")))) {
            problems.invalid(
                    "spec", pod.text("status.qosClass"), "Pod QOS Class may not change as a result of resizing");
        }
        if (!supported(before)) {
            problems.forbidden("spec", "Pod running on node without support for resize");
        }
        Obj munged = pod.obj("spec").copy();
        podLevel(pod.obj("spec"), before.obj("spec"), munged, problems);
        if (inOrder(pod, before, problems)) {
            removals(pod, before, problems);
            boolean told = containers(munged, before.obj("spec"), problems);
            if (!told && !Values.same(munged.node(), before.at("spec"))) {
                problems.forbidden("spec", "only cpu and memory resources are mutable");
            }
        }
    }

    /** Nodes whose kubelets report resources can resize; without a running container nobody knows. */
    private static boolean supported(Obj before) {
        for (Obj status : before.list("status.containerStatuses")) {
            if (status.has("state.running")) {
                return status.has("resources");
            }
        }
        return true;
    }

    private static void podLevel(Obj now, Obj old, Obj munged, Problems problems) {
        if (amounts(now) + amounts(old) == 0) {
            return;
        }
        if (old.has("resources") && !now.has("resources")) {
            problems.forbidden("spec.resources", "pod-level resources cannot be removed");
            return;
        }
        removed(now, old, "spec.resources", "pod-level resource ", problems);
        takeBack(munged, old);
        if (!Values.same(munged.at("resources"), old.at("resources"))) {
            problems.forbidden("spec", "only cpu and memory resources are mutable at pod-level");
        }
    }

    private static int amounts(Obj spec) {
        return spec.at("resources.requests").size()
                + spec.at("resources.limits").size();
    }

    private static boolean inOrder(Obj pod, Obj before, Problems problems) {
        boolean ordered = true;
        for (String list : List.of("containers", "initContainers")) {
            List<Obj> now = pod.list("spec." + list);
            List<Obj> old = before.list("spec." + list);
            if (now.size() != old.size()) {
                problems.forbidden("spec." + list, list + " may not be added or removed on resize");
                ordered = false;
                continue;
            }
            for (int i = 0; i < old.size(); i++) {
                if (!now.get(i).text("name").equals(old.get(i).text("name"))) {
                    problems.forbidden(
                            "spec." + list + "[" + i + "].name", list + " may not be renamed or reordered on resize");
                    ordered = false;
                }
            }
        }
        return ordered;
    }

    private static void removals(Obj pod, Obj before, Problems problems) {
        for (String list : List.of("spec.initContainers", "spec.containers")) {
            List<Obj> now = pod.list(list);
            List<Obj> old = before.list(list);
            for (int i = 0; i < old.size(); i++) {
                removed(now.get(i), old.get(i), list + "[" + i + "].resources", "resource ", problems);
            }
        }
    }

    private static void removed(Obj now, Obj old, String path, String what, Problems problems) {
        for (String list : List.of("requests", "limits")) {
            JsonNode kept = now.at("resources." + list);
            for (var entry : old.at("resources." + list).properties()) {
                if (!kept.has(entry.getKey())) {
                    problems.forbidden(path + "." + list, what + list + " cannot be removed");
                    break;
                }
            }
        }
    }

    /** Whether a container has changed in something that a resize does not change, which is then said. */
    private static boolean containers(Obj munged, Obj old, Problems problems) {
        boolean told = false;
        List<Obj> now = munged.list("containers");
        List<Obj> before = old.list("containers");
        for (int i = 0; i < now.size(); i++) {
            takeBack(now.get(i), before.get(i));
            if (!Values.same(now.get(i).node(), before.get(i).node())) {
                problems.forbidden("spec", "only cpu and memory resources are mutable");
                told = true;
            }
        }
        List<Obj> inits = munged.list("initContainers");
        List<Obj> initsBefore = old.list("initContainers");
        for (int i = 0; i < inits.size(); i++) {
            told |= init(inits.get(i), initsBefore.get(i), i, problems);
        }
        return told;
    }

    private static boolean init(Obj now, Obj before, int index, Problems problems) {
        if (Values.same(now.node(), before.node())) {
            return false;
        }
        String path = "spec.initContainers[" + index + "]";
        takeBack(now, before);
        boolean told = !Values.same(now.node(), before.node());
        if (told) {
            problems.forbidden(path, "only cpu and memory resources for init or sidecar containers are mutable");
        }
        for (Obj policy : sidecar(now) ? List.<Obj>of() : now.list("resizePolicy")) {
            if (policy.text("restartPolicy").equals("RestartContainer")) {
                problems.forbidden(
                        path, "non-sidecar init containers with a resize policy of RestartContainer cannot be resized");
                told = true;
            }
        }
        return told;
    }

    private static boolean sidecar(Obj container) {
        return container.text("restartPolicy").equals("Always");
    }

    /** Gives cpu and memory their old amounts. */
    private static void takeBack(Obj now, Obj old) {
        for (String list : List.of("resources.limits", "resources.requests")) {
            for (String resource : MUTABLE) {
                JsonNode before = old.at(list).path(resource);
                if (!before.isMissingNode()) {
                    now.child(list).node().set(resource, before.deepCopy());
                } else if (now.at(list) instanceof ObjectNode amounts) {
                    amounts.remove(resource);
                }
            }
            if (now.at(list) instanceof ObjectNode amounts && amounts.isEmpty() && !old.has(list)) {
                now.remove(list);
            }
        }
        if (now.at("resources").isEmpty() && !old.has("resources")) {
            now.remove("resources");
        }
    }
}
