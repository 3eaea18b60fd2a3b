package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Related;

/** PodDisruptionBudget (policy/v1). */
final class PodDisruptionBudget {
    private PodDisruptionBudget() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("policy/v1", "PodDisruptionBudget")
                .nameColumn()
                .column("Min Available", pdb -> pdb.text("spec.minAvailable", "N/A"))
                .column("Max Unavailable", pdb -> pdb.text("spec.maxUnavailable", "N/A"));
        return Workloads.number(kind, "Allowed Disruptions", "status.disruptionsAllowed")
                .ageColumn()
                .prepareCreate(PodDisruptionBudget::prepareCreate)
                .prepareUpdate(Workloads::keepStatus)
                .rule(PolicyRules::budget)
                .statusRule(PolicyRules::budgetStatus)
                .describe(PodDisruptionBudget::describe)
                .build();
    }

    private static void prepareCreate(Obj pdb) {
        pdb.set(
                "status",
                Obj.create()
                        .set("currentHealthy", 0)
                        .set("desiredHealthy", 0)
                        .set("disruptionsAllowed", 0)
                        .set("expectedPods", 0));
    }

    private static void describe(Obj pdb, Describe out, Related related) {
        Parts.name(pdb, out);
        if (pdb.has("spec.minAvailable")) {
            out.field("Min available", pdb.text("spec.minAvailable"));
        } else if (pdb.has("spec.maxUnavailable")) {
            out.field("Max unavailable", pdb.text("spec.maxUnavailable"));
        }
        out.field("Selector", pdb.has("spec.selector") ? Cells.selector(pdb.obj("spec.selector")) : "<unset>");
        out.line(0, "Status:");
        out.field(2, "Allowed disruptions", Long.toString(pdb.number("status.disruptionsAllowed")));
        out.field(2, "Current", Long.toString(pdb.number("status.currentHealthy")));
        out.field(2, "Desired", Long.toString(pdb.number("status.desiredHealthy")));
        out.field(2, "Total", Long.toString(pdb.number("status.expectedPods")));
        Parts.events(pdb, out, related);
    }
}
