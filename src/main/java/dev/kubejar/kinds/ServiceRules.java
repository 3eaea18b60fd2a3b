package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of Services, but for their addresses. */
final class ServiceRules {
    private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final String MODE = "service.kubernetes.io/topology-mode";
    private static final String RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private static final String BALANCER_ONLY = "may only be used when `type` is 'LoadBalancer'";

    private ServiceRules() {}

    static void check(Obj service, Obj before, Problems problems) {
        Obj spec = service.obj("spec");
        if (before != null) {
            ServiceAddressRules.update(problems, spec, before.obj("spec"));
            balancerClass(problems, spec, before.obj("spec"));
            healthCheckKept(problems, spec, before.obj("spec"));
        }
        hints(problems, service);
        type(problems, spec);
        ports(problems, spec);
        Selectors.labels(problems, "spec.selector", spec.map("selector"));
        affinity(problems, spec);
        ServiceAddressRules.check(problems, spec, before == null ? null : before.obj("spec"));
        List<String> known = before == null ? List.of() : before.texts("spec.externalIPs");
        List<String> external = spec.texts("externalIPs");
        for (int i = 0; i < external.size(); i++) {
            externalIp(problems, "spec.externalIPs[" + i + "]", external.get(i), known);
        }
        Values.oneOf(problems, "spec.type", spec.text("type"), "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        portPairs(problems, spec);
        sourceRanges(problems, service, before);
        boolean balancer = spec.text("type").equals("LoadBalancer");
        if (spec.has("allocateLoadBalancerNodePorts") && !balancer) {
            problems.forbidden("spec.allocateLoadBalancerNodePorts", BALANCER_ONLY);
        }
        balancerClass(problems, spec, null);
        policies(problems, spec);
        ServiceWarnings.warn(service, before, problems);
    }

    private static void hints(Problems problems, Obj service) {
        String hints = service.annotations().get(HINTS);
        String mode = service.annotations().get(MODE);
        if (hints != null && mode != null && !hints.equals(mode)) {
            problems.invalid(
                    "metadata.annotations[" + MODE + "]",
                    mode,
                    "must match annotations[" + HINTS + "] when both are specified");
        }
    }

    private static void type(Problems problems, Obj spec) {
        String type = spec.text("type");
        boolean headless = ServiceAddressRules.headless(spec);
        if (spec.list("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
            problems.required("spec.ports", "");
        }
        if (headless && (type.equals("LoadBalancer") || type.equals("NodePort"))) {
            problems.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services");
        }
        if (!type.equals("ExternalName")) {
            return;
        }
        for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            if (spec.has(field)
                    && (field.equals("ipFamilyPolicy") || !spec.texts(field).isEmpty())) {
                problems.forbidden("spec." + field, "may not be set for ExternalName services");
            }
        }
        String name = spec.text("externalName");
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.isEmpty()) {
            problems.required("spec.externalName", "");
        } else {
            Values.named(problems, "spec.externalName", name, Names.subdomain(name));
        }
    }

    private static void ports(Problems problems, Obj spec) {
        List<Obj> ports = spec.list("ports");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String path = "spec.ports[" + i + "]";
            Obj port = ports.get(i);
            String name = port.text("name");
            if (name.isEmpty() && ports.size() > 1) {
                problems.required(path + ".name", "");
            } else if (!name.isEmpty()) {
                Values.named(problems, path + ".name", name, Names.label(name));
                if (!names.add(name)) {
                    problems.duplicate(path + ".name", name);
                }
            }
            Values.port(problems, path + ".port", port.number("port"));
            Values.oneOf(problems, path + ".protocol", port.text("protocol"), "SCTP", "TCP", "UDP");
            Values.portOrName(problems, path + ".targetPort", port.at("targetPort"));
            if (port.has("appProtocol")) {
                String protocol = port.text("appProtocol");
                Values.named(problems, path + ".appProtocol", protocol, Names.qualified(protocol));
            }
        }
    }

    private static void affinity(Problems problems, Obj spec) {
        String affinity = spec.text("sessionAffinity");
        Values.oneOf(problems, "spec.sessionAffinity", affinity, "ClientIP", "None");
        if (affinity.equals("ClientIP")) {
            long seconds = spec.number("sessionAffinityConfig.clientIP.timeoutSeconds");
            if (seconds <= 0 || seconds > 86400) {
                problems.invalid(
                        "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                        seconds,
                        "must be greater than 0 and less than 86400");
            }
        } else if (affinity.equals("None") && spec.has("sessionAffinityConfig")) {
            problems.forbidden("spec.sessionAffinityConfig", "must not be set when session affinity is None");
        }
    }

    private static void externalIp(Problems problems, String path, String ip, List<String> known) {
        int faults = problems.causes().size();
        if (!known.contains(ip)) {
            Addresses.check(problems, path, ip);
        }
        if (problems.causes().size() == faults) {
            EndpointsRules.endpointIp(problems, path, ip);
        }
    }

    private static void portPairs(Problems problems, Obj spec) {
        List<Obj> ports = spec.list("ports");
        for (int i = 0; i < ports.size(); i++) {
            if (spec.text("type").equals("ClusterIP") && ports.get(i).number("nodePort") != 0) {
                problems.forbidden("spec.ports[" + i + "].nodePort", "may not be used when `type` is 'ClusterIP'");
            }
        }
        Set<String> nodePorts = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            long nodePort = ports.get(i).number("nodePort");
            if (nodePort != 0 && !nodePorts.add(ports.get(i).text("protocol") + "/" + nodePort)) {
                problems.duplicate("spec.ports[" + i + "].nodePort", nodePort);
            }
        }
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String protocol = ports.get(i).text("protocol");
            long port = ports.get(i).number("port");
            if (!numbers.add(protocol + "/" + port)) {
                Obj shown = Obj.create()
                        .set("Name", "")
                        .set("Protocol", protocol)
                        .set("AppProtocol", Json.NODES.nullNode())
                        .set("Port", port)
                        .set("TargetPort", 0)
                        .set("NodePort", 0);
                problems.duplicate("spec.ports[" + i + "]", shown.node());
            }
        }
    }

    private static void sourceRanges(Problems problems, Obj service, Obj before) {
        boolean balancer = service.text("spec.type").equals("LoadBalancer");
        List<String> ranges = service.texts("spec.loadBalancerSourceRanges");
        if (!ranges.isEmpty()) {
            if (!balancer) {
                problems.forbidden("spec.LoadBalancerSourceRanges", BALANCER_ONLY);
            }
            List<String> known = before == null ? List.of() : before.texts("spec.loadBalancerSourceRanges");
            for (int i = 0; i < ranges.size(); i++) {
                if (!known.contains(ranges.get(i))) {
                    Addresses.range(
                            problems,
                            "spec.LoadBalancerSourceRanges[" + i + "]",
                            ranges.get(i).strip());
                }
            }
        } else if (service.annotations().containsKey(RANGES)) {
            String path = "metadata.annotations[" + RANGES + "]";
            if (!balancer) {
                problems.forbidden(path, BALANCER_ONLY);
            }
            String value = service.annotation(RANGES).strip();
            boolean changed = before == null || !before.annotation(RANGES).equals(service.annotation(RANGES));
            for (String range : changed && !value.isEmpty() ? value.split(",", -1) : new String[0]) {
                Addresses.range(problems, path, range.strip());
            }
        }
    }

    private static void balancerClass(Problems problems, Obj spec, Obj before) {
        boolean balancer = spec.text("type").equals("LoadBalancer");
        String path = "spec.loadBalancerClass";
        if (before != null && balancer && before.text("type").equals("LoadBalancer")) {
            boolean same = spec.at("loadBalancerClass")
                            .asText("")
                            .equals(before.at("loadBalancerClass").asText(""))
                    && spec.has("loadBalancerClass") == before.has("loadBalancerClass");
            if (!same) {
                problems.invalid(path, spec.at("loadBalancerClass"), "may not change once set");
            }
        }
        if (!spec.has("loadBalancerClass")) {
            return;
        }
        if (balancer) {
            Values.named(
                    problems, path, spec.text("loadBalancerClass"), Names.qualified(spec.text("loadBalancerClass")));
        } else {
            problems.forbidden(path, BALANCER_ONLY);
        }
    }

    private static boolean healthCheck(Obj spec) {
        return spec.text("type").equals("LoadBalancer")
                && spec.text("externalTrafficPolicy").equals("Local");
    }

    private static void healthCheckKept(Problems problems, Obj spec, Obj before) {
        if (healthCheck(spec)
                && healthCheck(before)
                && spec.number("healthCheckNodePort") != before.number("healthCheckNodePort")) {
            problems.forbidden("spec.healthCheckNodePort", "field is immutable");
        }
    }

    private static void policies(Problems problems, Obj spec) {
        String external = spec.text("externalTrafficPolicy");
        if (Service.externallyAccessible(spec)) {
            Values.oneOf(problems, "spec.externalTrafficPolicy", external, "Cluster", "Local");
        } else if (!external.isEmpty()) {
            problems.invalid(
                    "spec.externalTrafficPolicy", external, "may only be set for externally-accessible services");
        }
        long port = spec.number("healthCheckNodePort");
        if (!healthCheck(spec)) {
            if (port != 0) {
                problems.invalid(
                        "spec.healthCheckNodePort",
                        port,
                        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
            }
        } else if (port != 0) {
            Values.port(problems, "spec.healthCheckNodePort", port);
        }
        if (spec.has("internalTrafficPolicy")) {
            Values.supported(
                    problems, "spec.internalTrafficPolicy", spec.text("internalTrafficPolicy"), "Cluster", "Local");
        }
        if (spec.has("trafficDistribution")) {
            Values.supported(
                    problems,
                    "spec.trafficDistribution",
                    spec.text("trafficDistribution"),
                    "PreferClose",
                    "PreferSameZone",
                    "PreferSameNode");
        }
    }
}
