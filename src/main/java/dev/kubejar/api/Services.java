package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the registry gives a Service: cluster IPs, node ports and a port for health checks, in a cluster of IPv4 alone. */
final class Services implements Strategy {
    private final Parts parts;
    private final ServiceAddresses addresses;
    private final NodePorts ports;

    Services(Parts parts, ServiceAddresses addresses, NodePorts ports) {
        this.parts = parts;
        this.addresses = addresses;
        this.ports = ports;
    }

    @Override
    public boolean returnsDeleted() {
        return true;
    }

    @Override
    public void beginCreate(Call call, Obj service) {
        Obj spec = service.child("spec");
        if (!spec.text("clusterIP").isEmpty() && spec.texts("clusterIPs").isEmpty()) {
            spec.setTexts("clusterIPs", List.of(spec.text("clusterIP")));
        }
        judgeGiven(call, service, null);
        ServiceFamilies.fill(service, null);
        allocateAddress(service);
        if (needsNodePort(spec)) {
            allocatePorts(service, call.dryRun());
        }
        if (needsHealthCheck(spec)) {
            allocateHealthCheck(call, spec);
        }
    }

    /** Addresses and families that make no sense are refused before any is given out. */
    private static void judgeGiven(Call call, Obj now, Obj before) {
        Problems problems = new Problems();
        call.stored.rulesOf("clusterIPs").forEach(rule -> rule.check(now, before, problems));
        problems.orThrow("", "Service", now.name());
    }

    @Override
    public void beginUpdate(Call call, Obj now, Obj before) {
        Obj spec = now.child("spec");
        Obj old = before.obj("spec");
        keepAllocated(spec, old);
        singularAndPlural(spec, old);
        judgeGiven(call, now, before);
        ServiceFamilies.fill(now, before);
        boolean had = !external(old);
        if (!had && !external(spec)) {
            allocateAddress(now);
        } else if (had && external(spec)) {
            old.texts("clusterIPs").forEach(addresses::release);
        }
        updatePorts(call, now, old);
        boolean checked = needsHealthCheck(old);
        if (!checked && needsHealthCheck(spec)) {
            allocateHealthCheck(call, spec);
        } else if (checked && !needsHealthCheck(spec)) {
            ports.release(old.number("healthCheckNodePort"));
        }
    }

    @Override
    public void gone(Obj service) {
        Obj spec = service.obj("spec");
        if (!external(spec)) {
            spec.texts("clusterIPs").stream()
                    .filter(address -> !address.equals("None"))
                    .forEach(addresses::release);
        }
        nodePorts(spec).forEach(ports::release);
        if (needsHealthCheck(spec)) {
            ports.release(spec.number("healthCheckNodePort"));
        }
        Kind endpoints = parts.kinds().byResource(Resources.ENDPOINTS).orElseThrow();
        Obj same = parts.registry().find(endpoints, service.namespace(), service.name());
        if (same != null) {
            parts.registry().remove(endpoints, same);
        }
    }

    private static boolean external(Obj spec) {
        return spec.text("type").equals("ExternalName");
    }

    private static boolean needsNodePort(Obj spec) {
        return spec.text("type").equals("NodePort") || spec.text("type").equals("LoadBalancer");
    }

    private static boolean needsHealthCheck(Obj spec) {
        return spec.text("type").equals("LoadBalancer")
                && spec.text("externalTrafficPolicy").equals("Local");
    }

    private void allocateAddress(Obj service) {
        Obj spec = service.child("spec");
        List<String> given = spec.texts("clusterIPs");
        if (external(spec) || !given.isEmpty() && given.get(0).equals("None")) {
            return;
        }
        String address = given.isEmpty() ? "" : given.get(0);
        if (address.isEmpty()) {
            address = addresses.takeAny(service);
            if (address == null) {
                throw ApiError.internal(
                        "failed to allocate a serviceIP for Service \"" + service.name() + "\": range is full");
            }
            spec.set("clusterIP", address).setTexts("clusterIPs", List.of(address));
            return;
        }
        String fault = addresses.take(service, address);
        if (fault != null) {
            Problems problems = new Problems();
            problems.invalid(
                    "spec.clusterIPs", spec.at("clusterIPs"), "failed to allocate IP " + address + ": " + fault);
            problems.orThrow("", "Service", service.name());
        }
    }

    private void allocateHealthCheck(Call call, Obj spec) {
        long port = spec.number("healthCheckNodePort");
        if (port == 0) {
            spec.set("healthCheckNodePort", ports.takeAny());
            return;
        }
        String fault = ports.take(port, call.dryRun());
        if (fault != null) {
            throw ApiError.internal("failed to allocate requested HealthCheck NodePort " + port + ": " + fault);
        }
    }

    /** Takes a node port for each port; those of one number over several protocols share it. */
    private void allocatePorts(Obj service, boolean trial) {
        Obj spec = service.child("spec");
        List<Obj> all = spec.list("ports");
        Map<Long, Long> taken = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Obj port = all.get(i);
            if (port.number("nodePort") == 0 && !allocates(spec)) {
                continue;
            }
            long shared = taken.getOrDefault(port.number("port"), 0L);
            if (shared == 0) {
                long wanted = requested(port.number("port"), all);
                if (wanted == 0) {
                    wanted = ports.takeAny();
                } else {
                    take(service, i, wanted, trial);
                }
                port.set("nodePort", wanted);
                taken.put(port.number("port"), wanted);
            } else if (port.number("nodePort") == 0) {
                port.set("nodePort", shared);
            } else if (port.number("nodePort") != shared) {
                take(service, i, port.number("nodePort"), trial);
            }
        }
    }

    private static boolean allocates(Obj spec) {
        return !spec.text("type").equals("LoadBalancer") || spec.bool("allocateLoadBalancerNodePorts", true);
    }

    private static long requested(long port, List<Obj> all) {
        for (Obj each : all) {
            if (each.number("port") == port && each.number("nodePort") != 0) {
                return each.number("nodePort");
            }
        }
        return 0;
    }

    private void take(Obj service, int index, long port, boolean trial) {
        String fault = ports.take(port, trial);
        if (fault != null) {
            Problems problems = new Problems();
            problems.invalid("spec.ports[" + index + "].nodePort", port, fault);
            problems.orThrow("", "Service", service.name());
        }
    }

    private void updatePorts(Call call, Obj service, Obj old) {
        Obj spec = service.child("spec");
        Set<Long> before = new HashSet<>(nodePorts(old));
        if (!needsNodePort(spec)) {
            if (needsNodePort(old)) {
                before.forEach(ports::release);
            }
            return;
        }
        Set<Long> now = new HashSet<>();
        Set<String> seen = new HashSet<>();
        List<Obj> all = spec.list("ports");
        for (int i = 0; i < all.size(); i++) {
            Obj port = all.get(i);
            long number = port.number("nodePort");
            if (number == 0 && !allocates(spec)) {
                continue;
            }
            if (number == 0) {
                number = ports.takeAny();
                port.set("nodePort", number);
            } else if (!before.contains(number) && !now.contains(number)) {
                take(service, i, number, call.dryRun());
            }
            if (!seen.add(port.text("protocol") + " " + number)) {
                throw new ApiError(500, "", "duplicate nodePort: {" + port.text("protocol") + " " + number + "}");
            }
            now.add(number);
        }
        before.removeAll(now);
        before.forEach(ports::release);
    }

    private static List<Long> nodePorts(Obj spec) {
        List<Long> numbers = new ArrayList<>();
        for (Obj port : spec.list("ports")) {
            if (port.number("nodePort") != 0 && !numbers.contains(port.number("nodePort"))) {
                numbers.add(port.number("nodePort"));
            }
        }
        return numbers;
    }

    /** Lets a client leave out what was allocated for it. */
    private static void keepAllocated(Obj spec, Obj old) {
        if (!external(old) && !external(spec)) {
            if (spec.text("clusterIP").isEmpty()) {
                Trees.carry("clusterIP", old, spec);
            }
            if (spec.texts("clusterIPs").isEmpty()) {
                Trees.carry("clusterIPs", old, spec);
            }
        }
        if (needsNodePort(old) && needsNodePort(spec)) {
            keepPorts(spec, old);
        }
        if (needsHealthCheck(old) && needsHealthCheck(spec) && spec.number("healthCheckNodePort") == 0) {
            Trees.carry("healthCheckNodePort", old, spec);
        }
    }

    private static void keepPorts(Obj spec, Obj old) {
        Set<Long> used = new HashSet<>(nodePorts(old));
        used.retainAll(nodePorts(spec));
        Map<String, Long> byName = new HashMap<>();
        old.list("ports").forEach(port -> byName.put(port.text("name"), port.number("nodePort")));
        for (Obj port : spec.list("ports")) {
            long had = byName.getOrDefault(port.text("name"), 0L);
            if (port.number("nodePort") == 0 && had != 0 && !used.contains(had)) {
                port.set("nodePort", had);
            }
        }
    }

    private static void singularAndPlural(Obj spec, Obj old) {
        JsonNode plural = old.at("clusterIPs");
        String now = spec.text("clusterIP");
        String before = old.text("clusterIP");
        if (!plural.isEmpty() && spec.texts("clusterIPs").isEmpty() && now.equals(before)) {
            Trees.carry("clusterIPs", old, spec);
        }
        if (!now.equals(before) && Trees.same(plural, spec.at("clusterIPs"))) {
            if (now.isEmpty()) {
                spec.remove("clusterIPs");
            } else {
                spec.setTexts("clusterIPs", List.of(now));
            }
        }
    }
}
