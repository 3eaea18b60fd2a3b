package dev.kubejar.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The rules that kube-proxy has written: for each Service its ports with their backends, found by address and port.
 *
 * <pre>
 * /machine/proxy/service/default/web          -> {"ips": ["10.96.3.4"], "affinity": 0, "ports": [{"port": 80, …}]}
 * /machine/proxy/ip/10.96.3.4/80/TCP          -> default/web#0
 * /machine/proxy/nodeport/30080/TCP           -> default/web#0
 * </pre>
 */
final class ServiceRules {
    private static final String SERVICE = "/machine/proxy/service/";
    private static final String IP = "/machine/proxy/ip/";
    private static final String NODE_PORT = "/machine/proxy/nodeport/";

    private final Memory memory;

    ServiceRules(Memory memory) {
        this.memory = memory;
    }

    /** One port of a Service with what is behind it. */
    record Port(String service, int index, Obj service0, Obj port) {
        List<Obj> backends() {
            return port.list("backends");
        }

        /** Seconds of ClientIP affinity; 0 for none. */
        long affinity() {
            return service0.number("affinity");
        }
    }

    /** Every port of every Service, by the Service's name and the port's place. */
    List<Port> all() {
        List<Port> all = new java.util.ArrayList<>();
        memory.scan(SERVICE, (key, value) -> {
            Obj rules = Obj.of((ObjectNode) Json.read(value));
            List<Obj> ports = rules.list("ports");
            for (int i = 0; i < ports.size(); i++) {
                all.add(new Port(key.substring(SERVICE.length()), i, rules, ports.get(i)));
            }
        });
        return all;
    }

    /** Replaces a Service's rules; null removes them. */
    void set(String service, Obj rules) {
        byte[] before = memory.get(SERVICE + service);
        byte[] after = rules == null ? null : Json.bytes(rules.node());
        if (java.util.Arrays.equals(before, after)) {
            return;
        }
        if (before != null) {
            index(Obj.of((ObjectNode) Json.read(before)), null);
            memory.delete(SERVICE + service);
        }
        if (after != null) {
            index(rules, service);
            memory.put(SERVICE + service, after);
        }
    }

    /** Writes the address keys of a Service's rules, or removes them where {@code service} is null. */
    private void index(Obj rules, String service) {
        List<Obj> ports = rules.list("ports");
        for (int i = 0; i < ports.size(); i++) {
            Obj port = ports.get(i);
            String protocol = "/" + port.text("protocol");
            for (String ip : rules.texts("ips")) {
                put(IP + ip + "/" + port.number("port") + protocol, service, i);
            }
            if (port.number("nodePort") > 0) {
                put(NODE_PORT + port.number("nodePort") + protocol, service, i);
            }
        }
    }

    private void put(String key, String service, int port) {
        if (service == null) {
            memory.delete(key);
        } else {
            memory.put(key, (service + "#" + port).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The Service port at an address, or null. */
    Port byAddress(String ip, int port, String protocol) {
        return port(memory.get(IP + ip + "/" + port + "/" + protocol));
    }

    Port byNodePort(int port, String protocol) {
        return port(memory.get(NODE_PORT + port + "/" + protocol));
    }

    private Port port(byte[] name) {
        if (name == null) {
            return null;
        }
        String text = new String(name, StandardCharsets.UTF_8);
        int hash = text.indexOf('#');
        String service = text.substring(0, hash);
        byte[] rules = memory.get(SERVICE + service);
        if (rules == null) {
            return null;
        }
        Obj all = Obj.of((ObjectNode) Json.read(rules));
        int index = Integer.parseInt(text.substring(hash + 1));
        return new Port(service, index, all, all.list("ports").get(index));
    }
}
