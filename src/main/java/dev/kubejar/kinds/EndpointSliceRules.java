package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of EndpointSlices. */
final class EndpointSliceRules {
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_PORTS = 20000;
    private static final int MAX_ENDPOINTS = 1000;

    private EndpointSliceRules() {}

    static void check(Obj slice, Obj before, Problems problems) {
        String type = slice.text("addressType");
        Values.oneOf(problems, "addressType", type, "FQDN", "IPv4", "IPv6");
        ports(problems, slice.list("ports"));
        if (before == null || !Values.same(slice.at("endpoints"), before.at("endpoints"))) {
            endpoints(problems, slice.list("endpoints"), type);
        }
        if (before != null) {
            Values.immutable(problems, "addressType", slice, before, "addressType");
        } else if (type.equals("FQDN")) {
            problems.warn("spec.addressType: FQDN endpoints are deprecated");
        }
        String manager = slice.label("endpointslice.kubernetes.io/managed-by");
        if (!manager.equals("endpointslice-controller.k8s.io")
                && !manager.equals("endpointslicemirroring-controller.k8s.io")) {
            warnings(slice, problems);
        }
    }

    private static void ports(Problems problems, List<Obj> ports) {
        if (ports.size() > MAX_PORTS) {
            problems.tooMany("ports", ports.size(), MAX_PORTS);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String path = "ports[" + i + "]";
            String name = ports.get(i).text("name");
            if (!name.isEmpty()) {
                Values.named(problems, path + ".name", name, Names.label(name));
            }
            if (!names.add(name)) {
                problems.duplicate(path + ".name", name);
            }
            Values.supported(problems, path + ".protocol", ports.get(i).text("protocol"), "SCTP", "TCP", "UDP");
            if (ports.get(i).has("appProtocol")) {
                String protocol = ports.get(i).text("appProtocol");
                Values.named(problems, path + ".appProtocol", protocol, Names.qualified(protocol));
            }
        }
    }

    private static void endpoints(Problems problems, List<Obj> endpoints, String type) {
        if (endpoints.size() > MAX_ENDPOINTS) {
            problems.tooMany("endpoints", endpoints.size(), MAX_ENDPOINTS);
            return;
        }
        for (int i = 0; i < endpoints.size(); i++) {
            String path = "endpoints[" + i + "]";
            Obj endpoint = endpoints.get(i);
            List<String> addresses = endpoint.texts("addresses");
            if (addresses.isEmpty()) {
                problems.required(path + ".addresses", "must contain at least 1 address");
            } else if (addresses.size() > MAX_ADDRESSES) {
                problems.tooMany(path + ".addresses", addresses.size(), MAX_ADDRESSES);
            }
            for (int j = 0; j < addresses.size(); j++) {
                address(problems, path + ".addresses", j, addresses.get(j), type);
            }
            if (endpoint.has("nodeName")) {
                String node = endpoint.text("nodeName");
                Values.named(problems, path + ".nodeName", node, Names.subdomain(node));
            }
            Selectors.labels(problems, path + ".deprecatedTopology", endpoint.map("deprecatedTopology"));
            if (endpoint.has("hostname")) {
                Values.named(
                        problems,
                        path + ".hostname",
                        endpoint.text("hostname"),
                        Names.label(endpoint.text("hostname")));
            }
            hints(problems, path + ".hints.forZones", endpoint.list("hints.forZones"), true);
            hints(problems, path + ".hints.forNodes", endpoint.list("hints.forNodes"), false);
        }
    }

    private static void address(Problems problems, String path, int index, String address, String type) {
        String at = path + "[" + index + "]";
        int faults = problems.causes().size();
        switch (type) {
            case "IPv4", "IPv6" -> {
                if (type.equals("IPv4")) {
                    Addresses.check(problems, at, address);
                } else {
                    Addresses.canonical(problems, at, address);
                }
                if (problems.causes().size() == faults) {
                    if (!Addresses.family(address).equals(type)) {
                        problems.invalid(path, address, "must be an " + type + " address");
                    }
                    EndpointsRules.endpointIp(problems, at, address);
                }
            }
            case "FQDN" -> {
                if (address.isEmpty()) {
                    problems.required(at, "");
                    return;
                }
                String name = address.endsWith(".") ? address.substring(0, address.length() - 1) : address;
                List<String> bad = Names.subdomain(name);
                Values.named(problems, at, name, bad);
                if (bad.isEmpty() && name.indexOf('.') < 0) {
                    problems.invalid(at, address, "should be a domain with at least two segments separated by dots");
                }
            }
            default -> {}
        }
    }

    private static void hints(Problems problems, String path, List<Obj> hints, boolean zones) {
        if (hints.size() > 8) {
            problems.tooMany(path, hints.size(), 8);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < hints.size(); i++) {
            String at = path + "[" + i + "].name";
            String name = hints.get(i).text("name");
            if (!names.add(name)) {
                problems.duplicate(at, name);
            }
            Values.named(problems, at, name, zones ? Names.labelValue(name) : Names.subdomain(name));
        }
    }

    private static void warnings(Obj slice, Problems problems) {
        List<Obj> endpoints = slice.list("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            List<String> addresses = endpoints.get(i).texts("addresses");
            for (int j = 0; j < addresses.size(); j++) {
                String warning = Addresses.warning("endpoints[" + i + "].addresses[" + j + "]", addresses.get(j));
                if (warning != null) {
                    problems.warn(warning);
                }
            }
        }
    }
}
