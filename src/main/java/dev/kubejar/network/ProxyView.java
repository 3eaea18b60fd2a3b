package dev.kubejar.network;

import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import java.util.List;

/**
 * The rules of a node as its tools show them: iptables, nftables and ipvs as kube-proxy writes each, and the portals of the
 * userspace mode of old where the ConfigMap kube-proxy asks for it.
 */
final class ProxyView {
    private final Client client;
    private final ServiceRules rules;
    private final String node;

    ProxyView(Client client, ServiceRules rules, String node) {
        this.client = client;
        this.rules = rules;
        this.node = node;
    }

    String print(List<String> command) {
        List<ServiceRules.Port> ports = rules.all();
        return switch (command.get(0)) {
            case "iptables-save", "iptables-nft-save", "iptables-legacy-save" ->
                tables(ports).saved(after(command, "-t"));
            case "iptables" -> {
                String table = after(command, "-t");
                boolean rulesOnly = command.contains("-S") || command.contains("--list-rules");
                String chain = after(command, rulesOnly ? "-S" : "-L");
                yield tables(ports)
                        .listed(table.isEmpty() ? "filter" : table, chain.startsWith("-") ? "" : chain, rulesOnly);
            }
            case "ipvsadm" -> IpvsView.print(ports, node);
            case "nft" -> NftView.print(ports, node);
            default -> "";
        };
    }

    private IptablesView tables(List<ServiceRules.Port> ports) {
        return new IptablesView(ports, node, mode());
    }

    private String mode() {
        String config = client.find(Resources.CONFIGMAPS, "kube-system", "kube-proxy")
                .map(map -> map.node().path("data").path("config.conf").asText())
                .orElse("");
        for (String line : config.split("\n")) {
            if (line.startsWith("mode:")) {
                return line.substring(5).strip().replace("\"", "");
            }
        }
        return "";
    }

    private static String after(List<String> command, String flag) {
        int at = command.indexOf(flag);
        return at < 0 || at + 1 == command.size() ? "" : command.get(at + 1);
    }
}
