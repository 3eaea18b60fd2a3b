package dev.kubejar.network;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Routing;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated traffic: connections to Services go to one of their backends, in turn or by the client's address; to nodes
 * through node ports; to anything else straight.
 */
public final class Router implements Routing {
    private static final int DNS_PORT = 53;
    private static final String TURN = "/machine/proxy/turn/";
    private static final String AFFINITY = "/machine/proxy/affinity/";
    static final String NODE_NETWORK = "172.18.";
    private static final String POD_NETWORK = "10.244.";
    private static final String SERVICE_NETWORK = "10.96.";

    private final Client client;
    private final ActorContext cluster;
    private final Memory memory;
    private final ServiceRules rules;
    private final Dns dns;
    private final Policies policies;

    public Router(ActorContext cluster) {
        this.cluster = cluster;
        this.client = cluster.system("system:kube-proxy", "kube-proxy");
        this.memory = cluster.memory();
        this.rules = new ServiceRules(memory);
        this.dns = new Dns(client);
        this.policies = new Policies(client);
    }

    @Override
    public Route route(Origin from, String ip, int port, String protocol) {
        Route route = forwarded(from, ip, port, protocol);
        boolean dropped =
                route.open() && !ip.startsWith("127.") && !policies.allow(from, route.ip(), route.port(), protocol);
        return dropped ? Route.fault("timeout") : route;
    }

    private Route forwarded(Origin from, String ip, int port, String protocol) {
        if (ip.startsWith("127.")) {
            return Route.to(from.ip().isEmpty() ? address(from.node()) : from.ip(), port);
        }
        ServiceRules.Port rule = rules.byAddress(ip, port, protocol);
        boolean external = false;
        if (rule == null && ip.startsWith(NODE_NETWORK)) {
            rule = rules.byNodePort(port, protocol);
            external = rule != null;
        }
        if (rule != null && rule.service0().texts("outside").contains(ip)) {
            return backend(rule, from, "", "outside");
        }
        if (rule != null) {
            return backend(rule, from, external ? node(ip) : from.node(), external ? "externalLocal" : "internalLocal");
        }
        if (ip.startsWith(SERVICE_NETWORK)) {
            return Route.fault("timeout");
        }
        boolean inside = ip.startsWith(NODE_NETWORK) || ip.startsWith(POD_NETWORK);
        return inside ? Route.to(ip, port) : Route.fault("unreachable");
    }

    /** A node's own address. */
    private String address(String node) {
        for (Obj address : client.find(Resources.NODES, "", node)
                .map(found -> found.list("status.addresses"))
                .orElse(List.of())) {
            if (address.text("type").equals("InternalIP")) {
                return address.text("address");
            }
        }
        return "";
    }

    private String node(String ip) {
        for (Obj node : client.list(Resources.NODES, "")) {
            for (Obj address : node.list("status.addresses")) {
                if (address.text("address").equals(ip)) {
                    return node.name();
                }
            }
        }
        return "";
    }

    /** {@code policy}: the field that tells whether only backends of this node count. */
    private Route backend(ServiceRules.Port rule, Origin from, String node, String policy) {
        boolean local = !policy.equals("outside") && rule.service0().bool(policy);
        List<Obj> backends = new ArrayList<>();
        for (Obj backend : rule.backends()) {
            if (!local || backend.text("node").equals(node)) {
                backends.add(backend);
            }
        }
        if (backends.isEmpty()) {
            return Route.fault(local && !rule.backends().isEmpty() ? "timeout" : "refused");
        }
        Obj chosen = rule.affinity() > 0 ? sticky(rule, backends, from) : next(rule, backends);
        return Route.to(chosen.text("ip"), (int) chosen.number("port"));
    }

    private Obj next(ServiceRules.Port rule, List<Obj> backends) {
        String key = TURN + rule.service() + "#" + rule.index();
        byte[] kept = memory.get(key);
        int turn = kept == null ? 0 : ByteBuffer.wrap(kept).getInt();
        memory.put(key, ByteBuffer.allocate(4).putInt(turn + 1).array());
        return backends.get(Math.floorMod(turn, backends.size()));
    }

    private Obj sticky(ServiceRules.Port rule, List<Obj> backends, Origin from) {
        String key = AFFINITY + rule.service() + "#" + rule.index() + "/" + from.ip();
        byte[] kept = memory.get(key);
        Instant now = cluster.clock().now();
        Obj chosen = null;
        if (kept != null) {
            ByteBuffer in = ByteBuffer.wrap(kept);
            Instant last = Instant.ofEpochSecond(in.getLong());
            String ip = StandardCharsets.US_ASCII.decode(in).toString();
            for (Obj backend : backends) {
                if (backend.text("ip").equals(ip)
                        && !last.plusSeconds(rule.affinity()).isBefore(now)) {
                    chosen = backend;
                }
            }
        }
        chosen = chosen == null ? next(rule, backends) : chosen;
        byte[] ip = chosen.text("ip").getBytes(StandardCharsets.US_ASCII);
        memory.put(
                key,
                ByteBuffer.allocate(8 + ip.length)
                        .putLong(now.getEpochSecond())
                        .put(ip)
                        .array());
        return chosen;
    }

    /** The name server behind an address answers; one whose Service has nothing behind it does not. */
    @Override
    public Answer ask(Origin from, String server, String name, String type) {
        ServiceRules.Port rule = rules.byAddress(server, DNS_PORT, "UDP");
        if (rule == null && !server.startsWith(POD_NETWORK)) {
            String status = server.startsWith(NODE_NETWORK) ? "nxdomain" : "timeout";
            return new Answer(status, name, List.of());
        }
        if (rule != null && rule.backends().isEmpty()) {
            return new Answer("refused", name, List.of());
        }
        if (rule != null && !reaches(from, rule)) {
            return new Answer("timeout", name, List.of());
        }
        return dns.answer(name, type);
    }

    /** Whether policies let a question through to one of the name servers. */
    private boolean reaches(Origin from, ServiceRules.Port rule) {
        for (Obj backend : rule.backends()) {
            if (policies.allow(from, backend.text("ip"), (int) backend.number("port"), "UDP")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String rules(String node, List<String> command) {
        return command.get(0).equals("nginx")
                ? IngressController.configuration(memory)
                : new ProxyView(client, rules, node).print(command);
    }

    /** A cluster has a name server when there is a Service called kube-dns. */
    @Override
    public boolean hasDns() {
        return client.find(Resources.SERVICES, "kube-system", "kube-dns").isPresent();
    }

    /** For other parts of the network that list by field. */
    static List<Obj> byField(Client client, dev.kubejar.object.GroupVersionResource resource, String selector) {
        return client.call(Request.list(resource, "").fields(selector)).items();
    }
}
