package dev.kubejar.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Pods;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the pods of one node add up to: requests, host ports, how many they are, and how many have affinity rules that
 * bear on others.
 */
public final class Load {
    final Map<String, Long> requested = new TreeMap<>();
    final Map<String, Long> nonZero = new TreeMap<>();
    /** {@code TCP/0.0.0.0/80}, once for each pod that has it. */
    final List<String> ports = new ArrayList<>();

    int pods;
    int withAffinity;
    int withAntiAffinity;

    /** Whether a pod counts: it is on a node and has not ended. */
    static boolean counts(Obj pod) {
        return pod != null && !pod.text("spec.nodeName").isEmpty() && !Pods.terminal(pod);
    }

    void add(Obj pod) {
        change(pod, 1);
    }

    void remove(Obj pod) {
        change(pod, -1);
    }

    private void change(Obj pod, int sign) {
        pods += sign;
        Requests.of(pod).forEach((name, amount) -> requested.merge(name, sign * amount, Long::sum));
        Requests.nonZero(pod).forEach((name, amount) -> nonZero.merge(name, sign * amount, Long::sum));
        for (String port : hostPorts(pod)) {
            if (sign > 0) {
                ports.add(port);
            } else {
                ports.remove(port);
            }
        }
        if (pod.has("spec.affinity.podAffinity") || pod.has("spec.affinity.podAntiAffinity")) {
            withAffinity += sign;
        }
        if (!pod.list("spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution")
                .isEmpty()) {
            withAntiAffinity += sign;
        }
    }

    /** The host ports of a pod's containers. */
    public static List<String> hostPorts(Obj pod) {
        List<String> ports = new ArrayList<>();
        collect(pod.list("spec.containers"), false, ports);
        collect(pod.list("spec.initContainers"), true, ports);
        return ports;
    }

    private static void collect(List<Obj> containers, boolean sidecarsOnly, List<String> into) {
        for (Obj container : containers) {
            if (sidecarsOnly && !container.text("restartPolicy").equals("Always")) {
                continue;
            }
            for (Obj port : container.list("ports")) {
                if (port.number("hostPort") > 0) {
                    into.add(port.text("protocol", "TCP") + "/" + port.text("hostIP", "0.0.0.0") + "/"
                            + port.number("hostPort"));
                }
            }
        }
    }

    Load copy() {
        return read(write());
    }

    byte[] write() {
        ObjectNode node = Json.object();
        amounts(requested, node.putObject("requested"));
        amounts(nonZero, node.putObject("nonZero"));
        if (!ports.isEmpty()) {
            ports.forEach(node.putArray("ports")::add);
        }
        node.put("pods", pods).put("affinity", withAffinity).put("antiAffinity", withAntiAffinity);
        return Json.bytes(node);
    }

    private static void amounts(Map<String, Long> amounts, ObjectNode into) {
        amounts.forEach((name, amount) -> {
            if (amount != 0) {
                into.put(name, (long) amount);
            }
        });
    }

    static Load read(byte[] bytes) {
        JsonNode node = Json.read(bytes);
        Load load = new Load();
        node.path("requested")
                .properties()
                .forEach(f -> load.requested.put(f.getKey(), f.getValue().asLong()));
        node.path("nonZero")
                .properties()
                .forEach(f -> load.nonZero.put(f.getKey(), f.getValue().asLong()));
        node.path("ports").forEach(port -> load.ports.add(port.asText()));
        load.pods = node.path("pods").asInt();
        load.withAffinity = node.path("affinity").asInt();
        load.withAntiAffinity = node.path("antiAffinity").asInt();
        return load;
    }
}
