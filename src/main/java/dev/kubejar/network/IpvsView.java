package dev.kubejar.network;

import dev.kubejar.object.Obj;
import java.util.List;

/** What {@code ipvsadm -Ln} prints of kube-proxy's virtual servers: pkg/proxy/ipvs. */
final class IpvsView {
    private IpvsView() {}

    static String print(List<ServiceRules.Port> ports, String node) {
        StringBuilder out = new StringBuilder("IP Virtual Server version 1.2.1 (size=4096)\n"
                + "Prot LocalAddress:Port Scheduler Flags\n"
                + "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n");
        for (ServiceRules.Port port : ports) {
            for (String ip : port.service0().texts("ips")) {
                boolean outside = port.service0().texts("outside").contains(ip);
                server(port, ip + ":" + port.port().number("port"), outside, node, out);
            }
            if (port.port().number("nodePort") > 0) {
                server(port, "0.0.0.0:" + port.port().number("nodePort"), true, node, out);
            }
        }
        return out.toString();
    }

    private static void server(
            ServiceRules.Port port, String address, boolean outside, String node, StringBuilder out) {
        boolean local = port.service0().bool(outside ? "externalLocal" : "internalLocal");
        out.append(port.port().text("protocol", "TCP"))
                .append("  ")
                .append(address)
                .append(" rr");
        out.append(port.affinity() > 0 ? " persistent " + port.affinity() : "").append('\n');
        for (Obj each : port.backends()) {
            if (!local || each.text("node").equals(node)) {
                String to = IptablesView.address(each);
                out.append("  -> ")
                        .append(to)
                        .append(" ".repeat(Math.max(1, 29 - to.length())))
                        .append("Masq    1      0          0         \n");
            }
        }
    }
}
