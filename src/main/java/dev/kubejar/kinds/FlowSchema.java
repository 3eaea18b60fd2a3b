package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;

/** FlowSchema (flowcontrol.apiserver.k8s.io/v1). */
final class FlowSchema {
    private FlowSchema() {}

    static Kind build() {
        return KindTable.start("flowcontrol.apiserver.k8s.io/v1", "FlowSchema")
                .nameColumn()
                .column("PriorityLevel", each -> each.text("spec.priorityLevelConfiguration.name"))
                .column("MatchingPrecedence", each -> each.number("spec.matchingPrecedence"))
                .column("DistinguisherMethod", each -> each.text("spec.distinguisherMethod.type", "<none>"))
                .ageColumn()
                .column("MissingPL", each -> Cells.orElse(Cells.condition(each, "Dangling", "status"), "?"))
                .nameRule(Names::subdomain)
                .defaults(FlowSchema::defaults)
                .prepareCreate(each -> each.set("status", Obj.create()))
                .prepareUpdate(Workloads::keepStatus)
                .rule(FlowSchemaRules::check)
                .statusRule(FlowSchemaRules::status)
                .build();
    }

    private static void defaults(Obj each) {
        if (each.number("spec.matchingPrecedence") == 0) {
            each.set("spec.matchingPrecedence", 1000);
        }
        each.child("status");
    }
}
