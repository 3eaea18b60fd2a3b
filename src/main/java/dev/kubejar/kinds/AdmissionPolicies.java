package dev.kubejar.kinds;

import dev.kubejar.kinds.policy.MutatingRules;
import dev.kubejar.kinds.policy.ValidatingRules;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.List;

/** ValidatingAdmissionPolicy, MutatingAdmissionPolicy and their bindings (admissionregistration.k8s.io/v1). */
final class AdmissionPolicies {
    private AdmissionPolicies() {}

    static Kind build(String name) {
        Kind.Builder kind = KindTable.start("admissionregistration.k8s.io/v1", name)
                .nameRule(Names::subdomain)
                .conditionalUpdateOnly()
                .nameColumn();
        switch (name) {
            case "ValidatingAdmissionPolicy" -> {
                columns(kind, "Validations", "spec.validations");
                kind.defaults(each -> {
                            policy(each);
                            each.child("status");
                        })
                        .prepareCreate(each -> each.set("status", Obj.create()))
                        .prepareUpdate(Workloads::keepStatus)
                        .rule(ValidatingRules::policy)
                        .statusRule(ValidatingRules::status);
            }
            case "MutatingAdmissionPolicy" -> {
                columns(kind, "Mutations", "spec.mutations");
                kind.defaults(AdmissionPolicies::policy).rule(MutatingRules::policy);
            }
            default -> {
                boolean mutating = name.startsWith("Mutating");
                kind.column("PolicyName", each -> each.text("spec.policyName"))
                        .column("ParamRef", AdmissionPolicies::paramRef)
                        .ageColumn()
                        .defaults(each -> matches(each, "spec.matchResources"))
                        .rule(mutating ? MutatingRules::binding : ValidatingRules::binding);
            }
        }
        return kind.build();
    }

    private static void columns(Kind.Builder kind, String title, String list) {
        kind.column(title, "integer", 0, (each, now) -> (long) each.at(list).size())
                .column(
                        "ParamKind",
                        each -> each.has("spec.paramKind")
                                ? each.text("spec.paramKind.apiVersion") + "/" + each.text("spec.paramKind.kind")
                                : "<unset>")
                .ageColumn();
    }

    private static String paramRef(Obj each) {
        if (!each.has("spec.paramRef")) {
            return "<unset>";
        }
        Obj ref = each.obj("spec.paramRef");
        if (!ref.text("name").isEmpty()) {
            return Cells.orElse(ref.text("namespace"), "*") + "/" + ref.text("name");
        }
        return ref.has("selector") ? Cells.selector(ref.obj("selector")) : "<unset>";
    }

    private static void policy(Obj policy) {
        Obj spec = policy.child("spec");
        matches(spec, "matchConstraints");
        spec.orSet("failurePolicy", "Fail");
    }

    private static void matches(Obj owner, String field) {
        if (!owner.has(field)) {
            return;
        }
        Obj match = owner.obj(field);
        match.child("namespaceSelector");
        match.child("objectSelector");
        match.orSet("matchPolicy", "Equivalent");
        for (String list : List.of("resourceRules", "excludeResourceRules")) {
            match.list(list).forEach(rule -> rule.orSet("scope", "*"));
        }
    }
}
