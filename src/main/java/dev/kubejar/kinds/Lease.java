package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;

/** Lease (coordination.k8s.io/v1). */
final class Lease {
    private Lease() {}

    static Kind build() {
        return KindTable.start("coordination.k8s.io/v1", "Lease")
                .nameColumn()
                .column("Holder", lease -> lease.text("spec.holderIdentity"))
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(lease -> lease.child("spec"))
                .prepareCreate(lease -> lease.obj("spec").remove("strategy").remove("preferredHolder"))
                .rule(Lease::check)
                .createOnUpdate()
                .build();
    }

    private static void check(Obj lease, Obj before, Problems problems) {
        Obj spec = lease.obj("spec");
        if (spec.has("leaseDurationSeconds") && spec.number("leaseDurationSeconds") <= 0) {
            problems.invalid(
                    "spec.leaseDurationSeconds", spec.number("leaseDurationSeconds"), "must be greater than 0");
        }
        if (spec.has("leaseTransitions") && spec.number("leaseTransitions") < 0) {
            problems.invalid(
                    "spec.leaseTransitions", spec.number("leaseTransitions"), "must be greater than or equal to 0");
        }
    }
}
