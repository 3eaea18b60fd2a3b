package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ingress (networking.k8s.io/v1). */
final class Ingress {
    private static final GroupVersionResource SERVICES = new GroupVersionResource("", "v1", "services");
    private static final GroupVersionResource SLICES =
            new GroupVersionResource("discovery.k8s.io", "v1", "endpointslices");

    private Ingress() {}

    static Kind build() {
        return KindTable.start("networking.k8s.io/v1", "Ingress")
                .nameColumn()
                .column("Class", ingress -> ingress.text("spec.ingressClassName", "<none>"))
                .column("Hosts", Ingress::hosts)
                .column("Address", ingress -> Service.balancer(ingress))
                .column("Ports", ingress -> ingress.list("spec.tls").isEmpty() ? "80" : "80, 443")
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(ingress -> {
                    ingress.child("spec");
                    ingress.child("status.loadBalancer");
                })
                .prepareCreate(ingress -> {
                    ingress.remove("status");
                    ingress.child("status.loadBalancer");
                })
                .prepareUpdate(Workloads::keepStatus)
                .rule(IngressRules::check)
                .statusRule(IngressRules::status)
                .describe(Ingress::describe)
                .build();
    }

    private static String hosts(Obj ingress) {
        List<String> hosts = new ArrayList<>();
        boolean more = false;
        List<Obj> rules = ingress.list("spec.rules");
        for (Obj rule : rules) {
            more |= hosts.size() == 3;
            if (!more && !rule.text("host").isEmpty()) {
                hosts.add(rule.text("host"));
            }
        }
        String text = String.join(",", hosts);
        return hosts.isEmpty() ? "*" : more ? text + " + " + (rules.size() - 3) + " more..." : text;
    }

    private static void describe(Obj ingress, Describe out, Related related) {
        out.field("Name", ingress.name());
        out.map("Labels", ingress.labels(), "=");
        out.field("Namespace", ingress.namespace());
        out.field("Address", Service.balancer(ingress));
        out.field("Ingress Class", ingress.text("spec.ingressClassName", "<none>"));
        boolean told = ingress.has("spec.defaultBackend");
        String fallback = told ? backend(ingress, ingress.obj("spec.defaultBackend"), related) : "<default>";
        out.field("Default backend", fallback);
        if (!ingress.list("spec.tls").isEmpty()) {
            out.line(0, "TLS:");
            for (Obj tls : ingress.list("spec.tls")) {
                String secret = tls.text("secretName");
                String hosts = String.join(",", tls.texts("hosts"));
                out.line(1, secret.isEmpty() ? "SNI routes " + hosts : secret + " terminates " + hosts);
            }
        }
        out.line(0, "Rules:");
        out.line(1, "Host\tPath\tBackends");
        out.line(1, "----\t----\t--------");
        boolean any = false;
        for (Obj rule : ingress.list("spec.rules")) {
            if (rule.has("http")) {
                any = true;
                out.line(1, Cells.orElse(rule.text("host"), "*") + "\t");
                for (Obj path : rule.list("http.paths")) {
                    out.line(2, "\t" + path.text("path") + " \t" + backend(ingress, path.obj("backend"), related));
                }
            }
        }
        if (!any) {
            out.line(1, "*\t*\t" + fallback);
        }
        Parts.annotations("Annotations", ingress.annotations(), out);
        Parts.events(ingress, out, related);
    }

    private static String backend(Obj ingress, Obj backend, Related related) {
        if (backend.has("resource")) {
            Obj resource = backend.obj("resource");
            return "APIGroup: " + resource.text("apiGroup", "<none>") + ", Kind: " + resource.text("kind") + ", Name: "
                    + resource.text("name");
        }
        if (!backend.has("service")) {
            return "";
        }
        String name = backend.text("service.name");
        long number = backend.number("service.port.number");
        String portName = backend.text("service.port.name");
        String shown = name + ":" + (number != 0 ? Long.toString(number) : portName);
        Optional<Obj> service = related.find(SERVICES, ingress.namespace(), name);
        if (service.isEmpty()) {
            return shown + " (<error: services \"" + name + "\" not found>)";
        }
        String selected = "";
        for (Obj port : service.get().list("spec.ports")) {
            boolean same = number != 0
                    ? port.number("port") == number
                    : port.text("name").equals(portName);
            selected = same ? port.text("name") : selected;
        }
        List<Obj> slices = related.list(SLICES, ingress.namespace(), "kubernetes.io/service-name=" + name, "");
        return shown + " (" + ServiceDescription.endpoints(slices, selected) + ")";
    }
}
