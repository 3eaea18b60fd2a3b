package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A port of the host and the pod's port behind it; 0 on the host means any that is free. */
record PortPair(int local, int remote) {
    private static final int LAST = 65_535;

    /** Reads port specifications; names and a Service's ports are looked up. */
    static List<PortPair> of(Obj object, Obj pod, List<String> specifications) {
        boolean service = object.kind().equals("Service");
        Set<Long> datagrams = datagrams(service ? List.of(object) : pod.list("spec.containers"), service);
        for (String each : specifications) {
            String remote = split(each)[1];
            if (datagrams.contains(
                    number(remote) != null
                            ? number(remote)
                            : service ? servicePort(object, remote) : podPort(pod, remote))) {
                throw new CliError("UDP protocol is not supported for " + remote);
            }
        }
        List<String> resolved = new ArrayList<>();
        for (String each : specifications) {
            resolved.add(service ? throughService(object, pod, each) : toPod(pod, each));
        }
        return resolved.stream().map(PortPair::parse).toList();
    }

    private static String[] split(String text) {
        String[] parts = text.split(":", -1);
        return parts.length == 2 ? parts : new String[] {parts[0], parts[0]};
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Ports that speak UDP and not TCP. */
    private static Set<Long> datagrams(List<Obj> holders, boolean service) {
        Set<Long> udp = new TreeSet<>();
        Set<Long> tcp = new TreeSet<>();
        for (Obj holder : holders) {
            for (Obj port : holder.list(service ? "spec.ports" : "ports")) {
                long number = port.number(service ? "port" : "containerPort");
                String protocol = port.text("protocol", "TCP");
                if (protocol.equals("UDP")) {
                    udp.add(number);
                } else if (protocol.equals("TCP")) {
                    tcp.add(number);
                }
            }
        }
        udp.removeAll(tcp);
        return udp;
    }

    private static String toPod(Obj pod, String specification) {
        String[] ports = split(specification);
        if (ports[1].isEmpty()) {
            throw new CliError("remote port cannot be empty");
        }
        String remote = number(ports[1]) == null ? Long.toString(podPort(pod, ports[1])) : ports[1];
        return ports[0].equals(ports[1]) ? remote : ports[0] + ":" + remote;
    }

    private static String throughService(Obj service, Obj pod, String specification) {
        String[] ports = split(specification);
        String local = ports[0];
        Long port = number(ports[1]);
        if (port == null) {
            port = servicePort(service, ports[1]);
            local = local.equals(ports[1]) ? port.toString() : local;
        }
        String remote = Long.toString(target(service, pod, port));
        return local.equals(remote) ? remote : local + ":" + remote;
    }

    private static long target(Obj service, Obj pod, long wanted) {
        for (Obj port : service.list("spec.ports")) {
            if (port.number("port") != wanted) {
                continue;
            }
            if (service.text("spec.clusterIP").equals("None")) {
                return wanted;
            }
            if (port.at("targetPort").isTextual()) {
                return podPort(pod, port.text("targetPort"));
            }
            long target = port.number("targetPort");
            return target == 0 ? wanted : target;
        }
        throw new CliError("Service " + service.name() + " does not have a service port " + wanted);
    }

    private static long servicePort(Obj service, String name) {
        for (Obj port : service.list("spec.ports")) {
            if (port.text("name").equals(name)) {
                return port.number("port");
            }
        }
        throw new CliError("Service '" + service.name() + "' does not have a named port '" + name + "'");
    }

    private static long podPort(Obj pod, String name) {
        for (String list : List.of("spec.containers", "spec.initContainers")) {
            for (Obj container : pod.list(list)) {
                for (Obj port : container.list("ports")) {
                    if (port.text("name").equals(name)) {
                        return port.number("containerPort");
                    }
                }
            }
        }
        throw new CliError("Pod '" + pod.name() + "' does not have a named port '" + name + "'");
    }

    private static PortPair parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 2) {
            throw new CliError("invalid port format '" + text + "'");
        }
        String local = parts.length == 2 && parts[0].isEmpty() ? "0" : parts[0];
        String remote = parts[parts.length - 1];
        int host = unsigned("local", local);
        int target = unsigned("remote", remote);
        if (target == 0) {
            throw new CliError("remote port must be > 0");
        }
        return new PortPair(host, target);
    }

    private static int unsigned(String side, String text) {
        String fault = "";
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            fault = "invalid syntax";
        } else if (text.length() > 18 || Long.parseLong(text) > LAST) {
            fault = "value out of range";
        }
        if (!fault.isEmpty()) {
            throw new CliError("error parsing " + side + " port '" + text + "': strconv.ParseUint: parsing \"" + text
                    + "\": " + fault);
        }
        return Integer.parseInt(text);
    }
}
