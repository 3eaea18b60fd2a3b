package dev.kubejar.kubelet;

import dev.kubejar.client.Routing;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Connections that a node itself makes: probes, hooks, port-forward. */
final class NodeTraffic implements PodContext.Network {
    private final Routing routing;
    private final PodNetwork.Delivery delivery;

    NodeTraffic(Routing routing, PodNetwork.Delivery delivery) {
        this.routing = routing;
        this.delivery = delivery;
    }

    @Override
    public PodContext.Connection connect(String node, String host, int port) {
        Routing.Route route = route(node, host, port);
        String fault = fault(route);
        return new PodContext.Connection(fault.isEmpty(), 0, "", fault);
    }

    private Routing.Route route(String node, String host, int port) {
        return routing.route(new Routing.Origin(node, "", ""), host, port, "TCP");
    }

    private String fault(Routing.Route route) {
        if (!route.open()) {
            return route.fault().equals("refused") ? "connection refused" : "i/o timeout";
        }
        return delivery.listens(route.ip(), route.port()) ? "" : "connection refused";
    }

    @Override
    public PodContext.Connection get(String node, String host, int port, String path, Map<String, String> headers) {
        Routing.Route route = route(node, host, port);
        String fault = fault(route);
        if (!fault.isEmpty()) {
            return new PodContext.Connection(false, 0, "", fault);
        }
        StringBuilder request = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\n");
        request.append("Host: ").append(host).append(':').append(port).append("\r\n");
        request.append("User-Agent: kube-probe/1.36\r\nAccept: */*\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        byte[] answer = delivery.deliver(
                route.ip(), route.port(), request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (answer == null) {
            return new PodContext.Connection(false, 0, "", "connection refused");
        }
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int status = text.startsWith("HTTP/") && text.length() >= 12
                ? Integer.parseInt(text.substring(9, 12).trim())
                : 0;
        int body = text.indexOf("\r\n\r\n");
        return new PodContext.Connection(true, status, body < 0 ? "" : text.substring(body + 4), "");
    }
}
