package dev.kubejar.controllers;

import dev.kubejar.client.NodeTerms;
import dev.kubejar.client.Taints;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** What a DaemonSet's pod looks like on a node, and whether it should be there. */
final class DaemonPods {
    static final String HASH = "controller-revision-hash";
    private static final String GENERATION_LABEL = "pod-template-generation";
    private static final String GENERATION = "deprecated.daemonset.template.generation";

    /** A node may get a pod, and one that is there may stay. */
    record Wanted(boolean run, boolean keep) {}

    private DaemonPods() {}

    static Wanted wanted(Obj set, Obj node) {
        Obj pod = Obj.create().set("spec", set.obj("spec.template.spec").copy());
        String name = pod.text("spec.nodeName");
        if (!name.isEmpty() && !name.equals(node.name()) || !NodeTerms.matches(pod, node)) {
            return new Wanted(false, false);
        }
        tolerate(pod);
        boolean schedulable = true;
        boolean executable = true;
        for (Obj taint : node.list("spec.taints")) {
            if (taint.text("effect").equals("PreferNoSchedule") || Taints.tolerates(pod, taint)) {
                continue;
            }
            schedulable = false;
            executable &= !taint.text("effect").equals("NoExecute");
        }
        return new Wanted(schedulable, executable);
    }

    /** The pod for a node, bound to it by affinity. */
    static Obj pod(Obj set, String node, String hash) {
        Obj pod = PodControl.pod(set.obj("spec.template"), set);
        tolerate(pod);
        if (!set.annotation(GENERATION).isEmpty()) {
            pod.setLabel(GENERATION_LABEL, set.annotation(GENERATION));
        }
        pod.setLabel(HASH, hash);
        Obj field = Obj.create().set("key", "metadata.name").set("operator", "In");
        field.setTexts("values", List.of(node));
        List<Obj> terms = pod.list(NodeTerms.REQUIRED + ".nodeSelectorTerms");
        if (terms.isEmpty()) {
            pod.child(NodeTerms.REQUIRED).add("nodeSelectorTerms", Obj.create().set("matchFields", List.of(field)));
        } else {
            terms.forEach(term -> term.set("matchFields", List.of(field.copy())));
        }
        return pod;
    }

    private static void tolerate(Obj pod) {
        tolerate(pod, "not-ready", "NoExecute");
        tolerate(pod, "unreachable", "NoExecute");
        tolerate(pod, "disk-pressure", "NoSchedule");
        tolerate(pod, "memory-pressure", "NoSchedule");
        tolerate(pod, "pid-pressure", "NoSchedule");
        tolerate(pod, "unschedulable", "NoSchedule");
        if (pod.bool("spec.hostNetwork")) {
            tolerate(pod, "network-unavailable", "NoSchedule");
        }
    }

    private static void tolerate(Obj pod, String what, String effect) {
        Obj toleration = Obj.create()
                .set("effect", effect)
                .set("key", "node.kubernetes.io/" + what)
                .set("operator", "Exists");
        List<Obj> all = new ArrayList<>(pod.list("spec.tolerations"));
        all.removeIf(other -> other.text("key").equals(toleration.text("key"))
                && other.text("effect").equals(effect)
                && other.text("operator").equals("Exists"));
        all.add(toleration);
        pod.set("spec.tolerations", all);
    }

    /** The node that a pod is on, or is meant for. */
    static String node(Obj pod) {
        String name = pod.text("spec.nodeName");
        if (!name.isEmpty()) {
            return name;
        }
        for (Obj term : pod.list(NodeTerms.REQUIRED + ".nodeSelectorTerms")) {
            for (Obj field : term.list("matchFields")) {
                if (field.text("key").equals("metadata.name")
                        && !field.texts("values").isEmpty()) {
                    return field.texts("values").get(0);
                }
            }
        }
        return "";
    }

    /** Whether a pod is by the present template. */
    static boolean updated(Obj set, Obj pod, String hash) {
        return pod.label(HASH).equals(hash)
                || !set.annotation(GENERATION).isEmpty()
                        && pod.label(GENERATION_LABEL).equals(set.annotation(GENERATION));
    }
}
