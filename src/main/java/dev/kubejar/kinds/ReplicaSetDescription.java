package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.TemplateParts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;

/** What {@code kubectl describe} tells of ReplicaSets and ReplicationControllers. */
final class ReplicaSetDescription {
    private ReplicaSetDescription() {}

    static void write(Obj rs, Describe out, Related related) {
        Parts.name(rs, out);
        out.field("Selector", Cells.selector(rs.obj("spec.selector")));
        Parts.metadata(rs, out);
        Parts.controlledBy(rs, out);
        rest(rs, Cells.selectorText(rs.obj("spec.selector")), out, related);
    }

    static void controller(Obj rc, Describe out, Related related) {
        Parts.name(rc, out);
        String selector = Cells.labels(rc.map("spec.selector"));
        out.field("Selector", selector);
        Parts.metadata(rc, out);
        rest(rc, selector.equals("<none>") ? "" : selector, out, related);
    }

    private static void rest(Obj owner, String selector, Describe out, Related related) {
        out.field(
                "Replicas",
                owner.number("status.replicas") + " current / " + owner.number("spec.replicas") + " desired");
        out.field("Pods Status", TemplateParts.podsStatus(owner, selector, related));
        TemplateParts.write(owner.obj("spec.template"), out);
        Parts.conditions(owner, out);
        Parts.events(owner, out, related);
    }
}
