package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;

/** IngressClass (networking.k8s.io/v1). */
final class IngressClass {
    private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

    private IngressClass() {}

    static Kind build() {
        return KindTable.start("networking.k8s.io/v1", "IngressClass")
                .column(
                        "Name",
                        each -> each.annotation(DEFAULT).equals("true") ? each.name() + " (default)" : each.name())
                .column("Controller", each -> each.text("spec.controller"))
                .column("Parameters", IngressClass::parameters)
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(IngressClass::defaults)
                .rule(IngressRules::ingressClass)
                .describe(IngressClass::describe)
                .build();
    }

    private static String parameters(Obj each) {
        if (!each.has("spec.parameters")) {
            return "<none>";
        }
        Obj parameters = each.obj("spec.parameters");
        String group = parameters.has("apiGroup") ? "." + parameters.text("apiGroup") : "";
        return parameters.text("kind") + group + "/" + parameters.text("name");
    }

    private static void defaults(Obj each) {
        if (each.has("spec.parameters") && !each.has("spec.parameters.scope")) {
            each.set("spec.parameters.scope", "Cluster");
        }
    }

    private static void describe(Obj each, Describe out, Related related) {
        out.field("Name", each.name());
        Parts.metadata(each, out);
        out.field("Controller", each.text("spec.controller"));
        if (each.has("spec.parameters")) {
            Obj parameters = each.obj("spec.parameters");
            out.line(0, "Parameters:");
            if (parameters.has("apiGroup")) {
                out.field(1, "APIGroup", parameters.text("apiGroup"));
            }
            out.field(1, "Kind", parameters.text("kind"));
            out.field(1, "Name", parameters.text("name"));
        }
        Parts.events(each, out, related);
    }
}
