package dev.kubejar.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.TreeMap;

/** The revisions of a workload's pod template: a Deployment's ReplicaSets, others' ControllerRevisions. */
final class Revisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    /** One revision: the object that keeps it, and the workload as it was then (for a Deployment the ReplicaSet). */
    record Revision(long number, Obj kept, Obj workload) {
        Obj template() {
            return workload.obj("spec.template");
        }

        String cause() {
            return kept.annotation(CHANGE_CAUSE);
        }
    }

    private Revisions() {}

    static boolean kept(String kind) {
        return kind.equals("Deployment") || kind.equals("DaemonSet") || kind.equals("StatefulSet");
    }

    /** All revisions by number. */
    static TreeMap<Long, Revision> of(Invocation call, Obj workload) {
        TreeMap<Long, Revision> all = new TreeMap<>();
        if (workload.kind().equals("Deployment")) {
            for (Obj set : owned(call, workload, dev.kubejar.client.Resources.REPLICASETS)) {
                String number = set.annotation(REVISION);
                if (number.matches("[0-9]+")) {
                    all.put(Long.parseLong(number), new Revision(Long.parseLong(number), set, set));
                }
            }
            return all;
        }
        for (Obj revision : owned(call, workload, Resources.CONTROLLERREVISIONS)) {
            long number = revision.number("revision");
            all.put(number, new Revision(number, revision, applied(workload, revision)));
        }
        return all;
    }

    private static List<Obj> owned(Invocation call, Obj workload, dev.kubejar.object.GroupVersionResource resource) {
        String selector = LabelSelector.format(workload.at("spec.selector"));
        return call.call(Request.list(resource, workload.namespace()).labels(selector)).items().stream()
                .filter(each -> each.controller() != null
                        && each.controller().text("uid").equals(workload.uid()))
                .toList();
    }

    /** The workload with a revision's template in the place of its own. */
    private static Obj applied(Obj workload, Obj revision) {
        Obj copy = workload.copy();
        JsonNode template = revision.at("data.spec.template");
        if (template instanceof ObjectNode node) {
            ObjectNode past = node.deepCopy();
            past.remove("$patch");
            copy.set("spec.template", past);
        }
        return copy;
    }
}
