package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may change in a pod. */
final class PodUpdateRules {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String CHANGEABLE = "pod updates may not change fields other than"
            + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
            + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
            + " (allow it to be set to 1 if it was previously negative)";

    private PodUpdateRules() {}

    static void check(Obj pod, Obj before, Problems problems) {
        annotations(pod.annotations(), before.annotations(), problems);
        Obj now = pod.obj("spec");
        Obj old = before.obj("spec");
        for (String list : List.of("containers", "initContainers")) {
            if (!images(problems, "spec." + list, now.list(list), old.list(list))) {
                return;
            }
        }
        if (!deadline(problems, now, old)) {
            return;
        }
        tolerations(problems, now.list("tolerations"), old.list("tolerations"));
        gates(problems, now.list("schedulingGates"), old.list("schedulingGates"));
        if (Values.same(now.node(), old.node())) {
            return;
        }
        Obj munged = now.copy();
        takeBack(munged, old);
        if (!old.list("schedulingGates").isEmpty()) {
            gated(problems, munged, old);
        }
        if (!Values.same(munged.node(), old.node())) {
            problems.forbidden("spec", CHANGEABLE + "\n" + GoStructs.diff("PodSpec", old, munged));
        }
    }

    private static void annotations(Map<String, String> now, Map<String, String> before, Problems problems) {
        String old = before.get(MIRROR);
        String path = "metadata.annotations[" + MIRROR + "]";
        if (old != null && !old.equals(now.get(MIRROR))) {
            problems.forbidden(path, "may not remove or update mirror pod annotation");
        } else if (old == null && now.containsKey(MIRROR)) {
            problems.forbidden(path, "may not add mirror pod annotation");
        }
    }

    private static boolean images(Problems problems, String path, List<Obj> now, List<Obj> old) {
        if (now.size() != old.size()) {
            problems.forbidden(path, "pod updates may not add or remove containers");
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            Values.required(problems, path + "[" + i + "]", now.get(i), "image");
            ContainerRules.image(problems, path + "[" + i + "]", now.get(i));
        }
        return true;
    }

    private static boolean deadline(Problems problems, Obj now, Obj old) {
        String field = "activeDeadlineSeconds";
        String path = "spec." + field;
        long seconds = now.number(field);
        if (now.has(field)) {
            if (!Values.range(problems, path, seconds, 0, Integer.MAX_VALUE)) {
                return false;
            }
            if (old.has(field) && old.number(field) < seconds) {
                problems.invalid(path, seconds, "must be less than or equal to previous value");
                return false;
            }
        } else if (old.has(field)) {
            problems.invalid(path, null, "must not update from a positive integer to nil value");
        }
        return true;
    }

    private static void tolerations(Problems problems, List<Obj> now, List<Obj> old) {
        for (Obj each : old) {
            Obj kept = each.copy().remove("tolerationSeconds");
            boolean found = now.stream()
                    .anyMatch(other ->
                            Values.same(other.copy().remove("tolerationSeconds").node(), kept.node()));
            if (!found) {
                problems.forbidden(
                        "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
        AffinityRules.tolerations(problems, "spec.tolerations", now);
    }

    private static void gates(Problems problems, List<Obj> now, List<Obj> old) {
        Set<String> known = new HashSet<>();
        old.forEach(gate -> known.add(gate.text("name")));
        for (int i = 0; i < now.size(); i++) {
            String name = now.get(i).text("name");
            if (!known.contains(name)) {
                problems.forbidden(
                        "spec.schedulingGates[" + i + "].name",
                        "only deletion is allowed, but found new scheduling gate '" + name + "'");
            }
        }
    }

    /** Gives the fields that may change their old values. */
    private static void takeBack(Obj munged, Obj old) {
        for (String list : List.of("containers", "initContainers")) {
            List<Obj> containers = munged.list(list);
            List<Obj> before = old.list(list);
            for (int i = 0; i < containers.size(); i++) {
                carry(containers.get(i), before.get(i), "image");
            }
        }
        for (String field : List.of("activeDeadlineSeconds", "schedulingGates", "tolerations")) {
            carry(munged, old, field);
        }
        boolean wasNegative =
                old.has("terminationGracePeriodSeconds") && old.number("terminationGracePeriodSeconds") < 0;
        if (wasNegative && munged.number("terminationGracePeriodSeconds") == 1) {
            carry(munged, old, "terminationGracePeriodSeconds");
        }
    }

    private static void carry(Obj now, Obj before, String field) {
        if (before.has(field)) {
            now.set(field, (JsonNode) before.at(field).deepCopy());
        } else {
            now.remove(field);
        }
    }

    /** A gated pod's node selector and affinity may be narrowed. */
    private static void gated(Problems problems, Obj munged, Obj old) {
        Map<String, String> selector = munged.map("nodeSelector");
        for (Map.Entry<String, String> each : old.map("nodeSelector").entrySet()) {
            if (!each.getValue().equals(selector.get(each.getKey()))) {
                problems.invalid(
                        "spec.nodeSelector",
                        munged.at("nodeSelector"),
                        "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
                break;
            }
        }
        carry(munged, old, "nodeSelector");
        String path = "affinity.nodeAffinity";
        if (!Values.same(munged.at(path), old.at(path))) {
            nodeAffinity(problems, munged.obj(path), old.obj(path));
            if (!old.has("affinity")
                    && !munged.has("affinity.podAffinity")
                    && !munged.has("affinity.podAntiAffinity")) {
                munged.remove("affinity");
            } else {
                carry(munged, old, path);
            }
        }
    }

    private static void nodeAffinity(Problems problems, Obj now, Obj old) {
        String field = "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
        String path = "spec.affinity.nodeAffinity." + field;
        List<Obj> terms = now.list(field);
        List<Obj> before = old.list(field);
        if (!before.isEmpty() && before.size() != terms.size()) {
            problems.invalid(
                    path, now.at(field), "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!extended(terms.get(i), before.get(i))) {
                problems.invalid(
                        path + "[" + i + "]",
                        terms.get(i).node(),
                        "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean extended(Obj now, Obj old) {
        boolean wasEmpty = old.list("matchExpressions").isEmpty()
                && old.list("matchFields").isEmpty();
        if (wasEmpty
                && !(now.list("matchExpressions").isEmpty()
                        && now.list("matchFields").isEmpty())) {
            return false;
        }
        for (String list : List.of("matchExpressions", "matchFields")) {
            List<Obj> kept = now.list(list);
            List<Obj> before = old.list(list);
            if (kept.size() < before.size() || !kept.subList(0, before.size()).equals(before)) {
                return false;
            }
        }
        return true;
    }

    static void status(Obj pod, Obj before, Problems problems) {
        annotations(pod.annotations(), before.annotations(), problems);
        List<Obj> conditions = pod.list("status.conditions");
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).number("observedGeneration") < 0) {
                problems.invalid(
                        "status.conditions[" + i + "].observedGeneration",
                        conditions.get(i).number("observedGeneration"),
                        "must be a non-negative integer");
            }
        }
        String nominated = pod.text("status.nominatedNodeName");
        String was = before.text("status.nominatedNodeName");
        if (!nominated.equals(was) && !nominated.isEmpty()) {
            Values.named(problems, "status.nominatedNodeName", nominated, Names.subdomain(nominated));
            if (!before.text("spec.nodeName").isEmpty()) {
                problems.forbidden(
                        "status.nominatedNodeName", "may not be set on pods that are already bound to a node");
            }
        }
        if (pod.number("status.observedGeneration") < 0) {
            problems.invalid(
                    "status.observedGeneration",
                    pod.number("status.observedGeneration"),
                    "must be a non-negative integer");
        }
        Values.immutable(problems, "status.qosClass", pod, before, "status.qosClass");
    }
}
