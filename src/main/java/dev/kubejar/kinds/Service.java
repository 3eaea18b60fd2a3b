package dev.kubejar.kinds;

import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Service (v1). */
final class Service {
    private static final int AFFINITY_SECONDS = 10800;

    private Service() {}

    static Kind build() {
        return KindTable.start("v1", "Service")
                .nameColumn()
                .column("Type", service -> service.text("spec.type"))
                .column("Cluster-IP", Service::clusterIp)
                .column("External-IP", Service::externalIp)
                .column("Port(s)", Service::ports)
                .ageColumn()
                .wide("Selector", service -> Cells.labels(service.map("spec.selector")))
                .field("spec.clusterIP", service -> service.text("spec.clusterIP"))
                .field("spec.type", service -> service.text("spec.type"))
                .nameRule(Names::label)
                .defaults(Service::defaults)
                .prepareCreate(Service::prepareCreate)
                .prepareUpdate(Service::prepareUpdate)
                .rule(ServiceRules::check)
                .partRule("clusterIPs", ServiceAddressRules::given)
                .createOnUpdate()
                .statusRule(ServiceStatusRules::check)
                .describe(ServiceDescription::write)
                .build();
    }

    private static String clusterIp(Obj service) {
        List<String> addresses = service.texts("spec.clusterIPs");
        return addresses.isEmpty() ? Cells.orElse(service.text("spec.clusterIP"), "<none>") : addresses.get(0);
    }

    private static String externalIp(Obj service) {
        List<String> external = service.texts("spec.externalIPs");
        switch (service.text("spec.type")) {
            case "ExternalName":
                return service.text("spec.externalName");
            case "LoadBalancer":
                List<String> all = new ArrayList<>();
                String balancer = balancer(service);
                if (!balancer.isEmpty()) {
                    all.add(balancer);
                }
                all.addAll(external);
                return all.isEmpty() ? "<pending>" : String.join(",", all);
            case "ClusterIP", "NodePort":
                return external.isEmpty() ? "<none>" : String.join(",", external);
            default:
                return "<unknown>";
        }
    }

    /** The load balancer's addresses. */
    static String balancer(Obj object) {
        Set<String> addresses = new TreeSet<>();
        for (Obj ingress : object.list("status.loadBalancer.ingress")) {
            String address = Cells.orElse(ingress.text("ip"), ingress.text("hostname"));
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return String.join(",", addresses);
    }

    private static String ports(Obj service) {
        StringBuilder out = new StringBuilder();
        for (Obj port : service.list("spec.ports")) {
            out.append(out.length() == 0 ? "" : ",").append(port.number("port"));
            if (port.number("nodePort") > 0) {
                out.append(':').append(port.number("nodePort"));
            }
            out.append('/').append(port.text("protocol"));
        }
        return out.length() == 0 ? "<none>" : out.toString();
    }

    private static void defaults(Obj service) {
        Obj spec = service.child("spec");
        orElse(spec, "sessionAffinity", "None");
        if (spec.text("sessionAffinity").equals("None")) {
            spec.remove("sessionAffinityConfig");
        } else if (spec.text("sessionAffinity").equals("ClientIP")
                && !spec.has("sessionAffinityConfig.clientIP.timeoutSeconds")) {
            spec.set("sessionAffinityConfig.clientIP.timeoutSeconds", AFFINITY_SECONDS);
        }
        orElse(spec, "type", "ClusterIP");
        for (Obj port : spec.list("ports")) {
            orElse(port, "protocol", "TCP");
            String target = port.text("targetPort");
            if (target.isEmpty() || target.equals("0") && !port.at("targetPort").isTextual()) {
                port.set("targetPort", port.number("port"));
            }
        }
        String type = spec.text("type");
        if (externallyAccessible(spec)) {
            orElse(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("NodePort") || type.equals("LoadBalancer") || type.equals("ClusterIP")) {
            spec.orSet("internalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            spec.orSet("allocateLoadBalancerNodePorts", true);
            for (Obj ingress : service.list("status.loadBalancer.ingress")) {
                if (!ingress.text("ip").isEmpty()) {
                    ingress.orSet("ipMode", "VIP");
                }
            }
        }
        service.child("status.loadBalancer");
    }

    /** Whether traffic may come from outside the cluster. */
    static boolean externallyAccessible(Obj spec) {
        String type = spec.text("type");
        return type.equals("LoadBalancer")
                || type.equals("NodePort")
                || type.equals("ClusterIP") && !spec.texts("externalIPs").isEmpty();
    }

    private static void orElse(Obj object, String field, String value) {
        if (object.text(field).isEmpty()) {
            object.set(field, value);
        }
    }

    private static void prepareCreate(Obj service) {
        service.set("status", Obj.create().set("loadBalancer", Json.object()));
        String address = service.text("spec.clusterIP");
        if (!address.isEmpty() && !service.has("spec.clusterIPs")) {
            service.setTexts("spec.clusterIPs", List.of(address));
        }
    }

    /** A changed first address alone stands for the list too; one taken away empties it. */
    private static void clusterIps(Obj now, Obj before) {
        String address = now.text("clusterIP");
        if (same(now, before, "clusterIP") || !same(now, before, "clusterIPs")) {
            return;
        }
        if (address.isEmpty()) {
            now.remove("clusterIPs");
        } else {
            List<String> addresses = new ArrayList<>(now.texts("clusterIPs"));
            if (addresses.isEmpty()) {
                addresses.add(address);
            } else if (before.text("clusterIP").equals(addresses.get(0))) {
                addresses.set(0, address);
            }
            now.setTexts("clusterIPs", addresses);
        }
    }

    /** Takes over the status, and drops what a new type has no use for and the user has not touched. */
    private static void prepareUpdate(Obj service, Obj old) {
        Workloads.keepStatus(service, old);
        Obj now = service.child("spec");
        Obj before = old.obj("spec");
        clusterIps(now, before);
        if (!is(before, "ExternalName") && is(now, "ExternalName")) {
            if (same(now, before, "clusterIP") && same(now, before, "clusterIPs")) {
                now.remove("clusterIP").remove("clusterIPs");
            }
            dropUnchanged(now, before, "ipFamilies");
            dropUnchanged(now, before, "ipFamilyPolicy");
        }
        if (hasNodePorts(before) && !hasNodePorts(now) && nodePorts(before).containsAll(nodePorts(now))) {
            now.list("ports").forEach(port -> port.remove("nodePort"));
        }
        if (hasHealthCheck(before) && !hasHealthCheck(now)) {
            dropUnchanged(now, before, "healthCheckNodePort");
        }
        if (is(before, "LoadBalancer") && !is(now, "LoadBalancer")) {
            dropUnchanged(now, before, "allocateLoadBalancerNodePorts");
            dropUnchanged(now, before, "loadBalancerClass");
        }
        if (externallyAccessible(before) && !externallyAccessible(now)) {
            dropUnchanged(now, before, "externalTrafficPolicy");
        }
        if (!is(now, "LoadBalancer")) {
            service.set("status.loadBalancer", Json.object());
        }
    }

    private static boolean is(Obj spec, String type) {
        return spec.text("type").equals(type);
    }

    private static boolean same(Obj now, Obj before, String field) {
        return now.at(field).equals(before.at(field));
    }

    private static void dropUnchanged(Obj now, Obj before, String field) {
        if (same(now, before, field)) {
            now.remove(field);
        }
    }

    private static boolean hasNodePorts(Obj spec) {
        return is(spec, "NodePort") || is(spec, "LoadBalancer");
    }

    private static boolean hasHealthCheck(Obj spec) {
        return is(spec, "LoadBalancer") && spec.text("externalTrafficPolicy").equals("Local");
    }

    private static Set<Long> nodePorts(Obj spec) {
        Set<Long> ports = new HashSet<>();
        for (Obj port : spec.list("ports")) {
            if (port.number("nodePort") != 0) {
                ports.add(port.number("nodePort"));
            }
        }
        return ports;
    }
}
