package dev.kubejar.network;

import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Routing.Origin;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import java.util.List;

/**
 * What NetworkPolicies let through between pods, as a network that enforces them does: a pod that no policy selects for a
 * direction is open in it; one that is selected is open to what any of those policies allows. A node reaches its pods.
 */
final class Policies {
    private final Client client;

    Policies(Client client) {
        this.client = client;
    }

    /** One end of a connection: an address, and the pod that has it, or null. */
    private record End(String ip, Obj pod) {}

    /** Whether a connection to a pod's own address and port is let through; {@code ICMP} has no port. */
    boolean allow(Origin from, String ip, int port, String protocol) {
        if (from.ip().isEmpty()
                || from.ip().startsWith(Router.NODE_NETWORK)
                || from.ip().equals(ip)) {
            return true;
        }
        List<Obj> all = client.list(Resources.NETWORKPOLICIES, "");
        if (all.isEmpty()) {
            return true;
        }
        End source = new End(from.ip(), pod(from.ip()));
        End target = new End(ip, pod(ip));
        return open(all, "egress", source, target, target, port, protocol)
                && open(all, "ingress", target, source, target, port, protocol);
    }

    private Obj pod(String ip) {
        for (Obj pod : client.call(Request.list(Resources.PODS, "").fields("status.podIP=" + ip))
                .items()) {
            String phase = pod.text("status.phase");
            if (!pod.bool("spec.hostNetwork") && !phase.equals("Succeeded") && !phase.equals("Failed")) {
                return pod;
            }
        }
        return null;
    }

    /** Whether the pod at one end is open to the other in a direction; ports are always those of {@code target}. */
    private boolean open(List<Obj> all, String direction, End own, End other, End target, int port, String protocol) {
        if (own.pod() == null) {
            return true;
        }
        boolean selected = false;
        for (Obj policy : all) {
            if (concerns(policy, direction, own.pod())) {
                selected = true;
                for (Obj rule : policy.list("spec." + direction)) {
                    if (ports(rule, target.pod(), port, protocol) && peers(policy, rule, direction, other)) {
                        return true;
                    }
                }
            }
        }
        return !selected;
    }

    private static boolean concerns(Obj policy, String direction, Obj pod) {
        if (!policy.namespace().equals(pod.namespace())) {
            return false;
        }
        List<String> types = policy.texts("spec.policyTypes");
        boolean meant = types.isEmpty()
                ? direction.equals("ingress") || !policy.list("spec.egress").isEmpty()
                : types.stream().anyMatch(direction::equalsIgnoreCase);
        return meant && LabelSelector.of(policy.at("spec.podSelector")).matches(pod.labels());
    }

    private static boolean ports(Obj rule, Obj target, int port, String protocol) {
        List<Obj> ports = rule.list("ports");
        if (ports.isEmpty()) {
            return true;
        }
        for (Obj each : ports) {
            if (each.text("protocol", "TCP").equals(protocol) && port(each, target, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean port(Obj allowed, Obj target, int port) {
        if (!allowed.has("port")) {
            return true;
        }
        if (!allowed.at("port").isTextual()) {
            long first = allowed.number("port");
            return port >= first && port <= allowed.number("endPort", first);
        }
        for (Obj container : target == null ? List.<Obj>of() : target.list("spec.containers")) {
            for (Obj each : container.list("ports")) {
                if (each.text("name").equals(allowed.text("port"))
                        && each.number("containerPort") == port
                        && each.text("protocol", "TCP").equals(allowed.text("protocol", "TCP"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean peers(Obj policy, Obj rule, String direction, End other) {
        List<Obj> peers = rule.list(direction.equals("ingress") ? "from" : "to");
        if (peers.isEmpty()) {
            return true;
        }
        for (Obj peer : peers) {
            if (peer.has("ipBlock") ? inside(peer.obj("ipBlock"), other.ip()) : selects(policy, peer, other.pod())) {
                return true;
            }
        }
        return false;
    }

    private boolean selects(Obj policy, Obj peer, Obj pod) {
        if (pod == null) {
            return false;
        }
        if (peer.has("namespaceSelector")) {
            Obj namespace =
                    client.find(Resources.NAMESPACES, "", pod.namespace()).orElse(Obj.create());
            if (!LabelSelector.of(peer.at("namespaceSelector")).matches(namespace.labels())) {
                return false;
            }
        } else if (!policy.namespace().equals(pod.namespace())) {
            return false;
        }
        return !peer.has("podSelector")
                || LabelSelector.of(peer.at("podSelector")).matches(pod.labels());
    }

    private static boolean inside(Obj block, String ip) {
        return within(block.text("cidr"), ip) && block.texts("except").stream().noneMatch(range -> within(range, ip));
    }

    /** Whether an IPv4 address lies in a range such as {@code 10.244.1.0/24}. */
    private static boolean within(String range, String ip) {
        int slash = range.indexOf('/');
        if (slash < 0 || range.contains(":") || ip.contains(":")) {
            return false;
        }
        int bits = Integer.parseInt(range.substring(slash + 1));
        long mask = bits == 0 ? 0 : -1L << 32 - bits & 0xffffffffL;
        return (number(range.substring(0, slash)) & mask) == (number(ip) & mask);
    }

    private static long number(String ip) {
        long number = 0;
        for (String part : ip.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
