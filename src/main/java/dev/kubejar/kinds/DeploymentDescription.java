package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.TemplateParts;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What {@code kubectl describe deployment} tells. */
final class DeploymentDescription {
    private static final GroupVersionResource REPLICASETS = new GroupVersionResource("apps", "v1", "replicasets");
    private static final String HASH = "pod-template-hash";

    private DeploymentDescription() {}

    static void write(Obj d, Describe out, Related related) {
        Parts.name(d, out);
        out.field("CreationTimestamp", Parts.time(d, "metadata.creationTimestamp"));
        Parts.metadata(d, out);
        out.field("Selector", Cells.selectorText(d.obj("spec.selector")));
        out.field(
                "Replicas",
                d.number("spec.replicas") + " desired | " + d.number("status.updatedReplicas") + " updated | "
                        + d.number("status.replicas") + " total | " + d.number("status.availableReplicas")
                        + " available | " + d.number("status.unavailableReplicas") + " unavailable");
        out.field("StrategyType", d.text("spec.strategy.type"));
        out.field("MinReadySeconds", Long.toString(d.number("spec.minReadySeconds")));
        if (d.has("spec.strategy.rollingUpdate")) {
            Obj rolling = d.obj("spec.strategy.rollingUpdate");
            out.field(
                    "RollingUpdateStrategy",
                    rolling.text("maxUnavailable") + " max unavailable, " + rolling.text("maxSurge") + " max surge");
        }
        TemplateParts.write(d.obj("spec.template"), out);
        Parts.conditions(d, out);
        replicaSets(d, out, related);
        Parts.events(d, out, related);
    }

    private static void replicaSets(Obj deployment, Describe out, Related related) {
        String selector = Cells.selectorText(deployment.obj("spec.selector"));
        List<Obj> owned = new ArrayList<>();
        for (Obj rs : related.list(REPLICASETS, deployment.namespace(), selector, "")) {
            Obj controller = rs.controller();
            if (controller != null && controller.text("uid").equals(deployment.uid())) {
                owned.add(rs);
            }
        }
        owned.sort(Comparator.comparing((Obj rs) -> rs.text("metadata.creationTimestamp"))
                .thenComparing(Obj::name));
        List<Obj> old = new ArrayList<>(owned);
        List<Obj> current = new ArrayList<>();
        Obj template = withoutHash(deployment.obj("spec.template"));
        for (Obj rs : owned) {
            if (withoutHash(rs.obj("spec.template")).equals(template)) {
                current.add(rs);
                old.remove(rs);
                break;
            }
        }
        if (!owned.isEmpty()) {
            out.field("OldReplicaSets", shown(old));
            out.field("NewReplicaSet", shown(current));
        }
    }

    private static Obj withoutHash(Obj template) {
        Obj copy = template.copy();
        copy.removeLabel(HASH);
        if (copy.at("metadata") instanceof ObjectNode metadata && metadata.isEmpty()) {
            copy.remove("metadata");
        }
        return copy;
    }

    private static String shown(List<Obj> sets) {
        List<String> texts = new ArrayList<>();
        for (Obj rs : sets) {
            texts.add(rs.name() + " (" + rs.number("status.replicas") + "/" + rs.number("spec.replicas")
                    + " replicas created)");
        }
        return texts.isEmpty() ? "<none>" : String.join(", ", texts);
    }
}
