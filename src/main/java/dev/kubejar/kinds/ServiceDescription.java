package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;

/** What {@code kubectl describe service} tells. */
final class ServiceDescription {
    private static final GroupVersionResource SLICES =
            new GroupVersionResource("discovery.k8s.io", "v1", "endpointslices");

    private ServiceDescription() {}

    static void write(Obj service, Describe out, Related related) {
        Obj spec = service.obj("spec");
        Parts.name(service, out);
        Parts.metadata(service, out);
        out.field("Selector", Cells.labels(spec.map("selector")));
        out.field("Type", spec.text("type"));
        optional("IP Family Policy", spec.text("ipFamilyPolicy"), out);
        out.field("IP Families", joined(spec.texts("ipFamilies")));
        out.field("IP", spec.text("clusterIP"));
        out.field("IPs", joined(spec.texts("clusterIPs")));
        optional("External IPs", String.join(",", spec.texts("externalIPs")), out);
        optional("Desired LoadBalancer IP", spec.text("loadBalancerIP"), out);
        optional("External Name", spec.text("externalName"), out);
        optional("LoadBalancer Ingress", balancer(service), out);
        List<Obj> slices =
                related.list(SLICES, service.namespace(), "kubernetes.io/service-name=" + service.name(), "");
        for (Obj port : spec.list("ports")) {
            port(port, slices, out);
        }
        out.field("Session Affinity", spec.text("sessionAffinity"));
        optional("External Traffic Policy", spec.text("externalTrafficPolicy"), out);
        optional("Internal Traffic Policy", spec.text("internalTrafficPolicy"), out);
        if (spec.number("healthCheckNodePort") != 0) {
            out.field("HealthCheck NodePort", spec.text("healthCheckNodePort"));
        }
        optional("LoadBalancer Source Ranges", String.join(",", spec.texts("loadBalancerSourceRanges")), out);
        optional("Traffic Distribution", spec.text("trafficDistribution"), out);
        Parts.events(service, out, related);
    }

    private static void optional(String title, String value, Describe out) {
        if (!value.isEmpty()) {
            out.field(title, value);
        }
    }

    private static String joined(List<String> values) {
        return values.isEmpty() ? "<none>" : String.join(",", values);
    }

    private static void port(Obj port, List<Obj> slices, Describe out) {
        String name = Cells.orElse(port.text("name"), "<unset>");
        String protocol = port.text("protocol");
        out.field("Port", name + "\t" + port.number("port") + "/" + protocol);
        out.field("TargetPort", port.text("targetPort") + "/" + protocol);
        optional("AppProtocol", port.text("appProtocol"), out);
        if (port.number("nodePort") != 0) {
            out.field("NodePort", name + "\t" + port.number("nodePort") + "/" + protocol);
        }
        out.field("Endpoints", endpoints(slices, port.text("name")));
    }

    private static String balancer(Obj service) {
        List<String> texts = new ArrayList<>();
        for (Obj ingress : service.list("status.loadBalancer.ingress")) {
            String ip = ingress.text("ip");
            String mode = ingress.has("ipMode") ? " (" + ingress.text("ipMode") + ")" : "";
            texts.add(ip.isEmpty() ? ingress.text("hostname") : ip + mode);
        }
        return String.join(", ", texts);
    }

    /** Ready addresses with the named port, at most three and how many more; all ports where the name is null. */
    static String endpoints(List<Obj> slices, String portName) {
        if (slices.isEmpty()) {
            return "<none>";
        }
        List<String> all = new ArrayList<>();
        for (Obj slice : slices) {
            if (slice.list("ports").isEmpty()) {
                ready(slice).forEach(all::add);
            }
            for (Obj port : slice.list("ports")) {
                if (portName == null || port.text("name").equals(portName)) {
                    ready(slice).forEach(address -> all.add(Endpoints.hostPort(address, port.number("port"))));
                }
            }
        }
        int shown = Math.min(3, all.size());
        String text = String.join(",", all.subList(0, shown));
        return all.size() > shown ? text + " + " + (all.size() - shown) + " more..." : text;
    }

    private static List<String> ready(Obj slice) {
        List<String> addresses = new ArrayList<>();
        for (Obj endpoint : slice.list("endpoints")) {
            if (endpoint.bool("conditions.ready", true)) {
                addresses.add(endpoint.texts("addresses").stream().findFirst().orElse(""));
            }
        }
        return addresses;
    }
}
