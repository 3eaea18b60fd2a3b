package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.pod.Zeros;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;

/** PriorityClass (scheduling.k8s.io/v1). */
final class PriorityClass {
    private PriorityClass() {}

    static Kind build() {
        Kind.Builder kind =
                KindTable.start("scheduling.k8s.io/v1", "PriorityClass").nameColumn();
        return Workloads.number(kind, "Value", "value")
                .column("Global-Default", "boolean", 0, (each, now) -> each.bool("globalDefault"))
                .ageColumn()
                .column("PreemptionPolicy", each -> each.text("preemptionPolicy"))
                .nameRule(Names::subdomain)
                .defaults(each -> {
                    each.orSet("value", 0).orSet("preemptionPolicy", "PreemptLowerPriority");
                    Zeros.drop(each, "globalDefault", "description");
                })
                .rule(PolicyRules::priorityClass)
                .describe(PriorityClass::describe)
                .build();
    }

    private static void describe(Obj each, Describe out, Related related) {
        out.field("Name", each.name());
        out.field("Value", Long.toString(each.number("value")));
        out.field("GlobalDefault", Boolean.toString(each.bool("globalDefault")));
        out.field("PreemptionPolicy", each.text("preemptionPolicy"));
        out.field("Description", each.text("description"));
        out.field("Annotations", Cells.labels(each.annotations()));
        Parts.events(each, out, related);
    }
}
