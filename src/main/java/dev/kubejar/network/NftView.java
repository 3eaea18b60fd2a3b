package dev.kubejar.network;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** What {@code nft list ruleset} prints of kube-proxy's table: pkg/proxy/nftables. */
final class NftView {
    private static final String PODS = "10.244.0.0/16";

    private NftView() {}

    static String print(List<ServiceRules.Port> ports, String node) {
        List<String> addresses = new ArrayList<>();
        List<String> nodePorts = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        StringBuilder chains = new StringBuilder();
        for (ServiceRules.Port port : ports) {
            String protocol = ChainNames.protocol(port);
            String chain = "service-" + suffix(port);
            for (String ip : port.service0().texts("ips")) {
                String key = ip + " . " + protocol + " . " + port.port().number("port");
                boolean outside = port.service0().texts("outside").contains(ip);
                if (port.backends().isEmpty()) {
                    empty.add(key + " comment \"" + ChainNames.port(port) + "\" : goto reject-chain");
                } else {
                    addresses.add(key + " : goto " + (outside ? "external-" + suffix(port) : chain));
                }
            }
            long nodePort = port.port().number("nodePort");
            if (nodePort > 0 && !port.backends().isEmpty()) {
                nodePorts.add(protocol + " . " + nodePort + " : goto external-" + suffix(port));
            }
            chains(port, node, chains);
        }
        StringBuilder out = new StringBuilder("table ip kube-proxy {\n\tcomment \"rules for kube-proxy\"\n\n");
        String key = "ipv4_addr . inet_proto . inet_service : verdict";
        map("service-ips", key, "ClusterIP, ExternalIP and LoadBalancer IP traffic", addresses, out);
        map("service-nodeports", "inet_proto . inet_service : verdict", "NodePort traffic", nodePorts, out);
        map("no-endpoint-services", key, "vmap to drop or reject packets to services with no endpoints", empty, out);
        out.append("\tchain mark-for-masquerade {\n\t\tmeta mark set meta mark | 0x00004000\n\t}\n\n");
        out.append("\tchain reject-chain {\n\t\treject\n\t}\n\n");
        out.append("\tchain services {\n\t\tip daddr . meta l4proto . th dport vmap @service-ips\n"
                + "\t\tip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports\n\t}\n\n");
        return out.append(chains).append("}\n").toString();
    }

    private static void map(String name, String type, String comment, List<String> elements, StringBuilder out) {
        out.append("\tmap ").append(name).append(" {\n\t\ttype ").append(type);
        out.append("\n\t\tcomment \"").append(comment).append("\"\n");
        if (!elements.isEmpty()) {
            out.append("\t\telements = { ")
                    .append(String.join(",\n\t\t\t     ", elements))
                    .append(" }\n");
        }
        out.append("\t}\n\n");
    }

    /** {@code ULMVA6XW-default/web/tcp/http}. */
    private static String suffix(ServiceRules.Port port) {
        String protocol = ChainNames.protocol(port);
        return ChainNames.hash(ChainNames.port(port) + protocol, 8) + "-" + port.service() + "/" + protocol + "/"
                + port.port().text("name");
    }

    private static void chains(ServiceRules.Port port, String node, StringBuilder out) {
        List<Obj> backends = port.backends();
        if (backends.isEmpty()) {
            return;
        }
        String protocol = ChainNames.protocol(port);
        out.append("\tchain service-").append(suffix(port)).append(" {\n");
        for (String ip : port.service0().texts("ips")) {
            if (!port.service0().texts("outside").contains(ip)) {
                out.append("\t\tip daddr ")
                        .append(ip)
                        .append(' ')
                        .append(protocol)
                        .append(" dport ");
                out.append(port.port().number("port")).append(" ip saddr != ").append(PODS);
                out.append(" jump mark-for-masquerade\n");
            }
        }
        pick(port, backends, out);
        out.append("\t}\n\n");
        boolean external = port.port().number("nodePort") > 0
                || !port.service0().texts("outside").isEmpty();
        if (external) {
            boolean local = port.service0().bool("externalLocal");
            out.append("\tchain external-").append(suffix(port)).append(" {\n");
            out.append(
                    local
                            ? "\t\tip saddr " + PODS + " goto service-" + suffix(port) + "\n"
                            : "\t\tjump mark-for-masquerade\n");
            if (local) {
                pick(
                        port,
                        backends.stream()
                                .filter(each -> each.text("node").equals(node))
                                .toList(),
                        out);
            } else {
                out.append("\t\tgoto service-").append(suffix(port)).append('\n');
            }
            out.append("\t}\n\n");
        }
        for (Obj each : backends) {
            out.append("\tchain ")
                    .append(endpoint(port, each))
                    .append(" {\n\t\tip saddr ")
                    .append(each.text("ip"));
            out.append(" jump mark-for-masquerade\n");
            if (port.affinity() > 0) {
                out.append("\t\tupdate @affinity-").append(suffix(port)).append(" { ip saddr timeout ");
                out.append(port.affinity()).append("s }\n");
            }
            out.append("\t\tmeta l4proto ").append(protocol).append(" dnat to ");
            out.append(IptablesView.address(each)).append("\n\t}\n\n");
        }
    }

    private static void pick(ServiceRules.Port port, List<Obj> backends, StringBuilder out) {
        if (backends.isEmpty()) {
            out.append("\t\tdrop\n");
            return;
        }
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < backends.size(); i++) {
            choices.add(i + " : goto " + endpoint(port, backends.get(i)));
        }
        out.append("\t\tnumgen random mod ").append(backends.size()).append(" vmap { ");
        out.append(String.join(", ", choices)).append(" }\n");
    }

    private static String endpoint(ServiceRules.Port port, Obj backend) {
        String protocol = ChainNames.protocol(port);
        String hash = ChainNames.hash(ChainNames.port(port) + protocol + IptablesView.address(backend), 8);
        return "endpoint-" + hash + "-" + port.service() + "/" + protocol + "/"
                + port.port().text("name") + "__" + backend.text("ip") + "/" + backend.number("port");
    }
}
