package dev.kubejar.kubelet;

import dev.kubejar.client.Routing;
import dev.kubejar.kubelet.shell.Network;
import java.time.Duration;
import java.util.List;

/** The network as the processes of one pod meet it: names and routes from the cluster, answers from other pods. */
final class PodNetwork implements Network {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(130);
    private static final Duration NO_HOST = Duration.ofSeconds(3);

    private final Routing routing;
    private final Routing.Origin origin;
    private final Delivery delivery;

    /** Hands bytes to whatever listens at an address inside the cluster. */
    interface Delivery {
        /** What came back; null where nothing listens there. */
        byte[] deliver(String ip, int port, byte[] request);

        /** Whether anybody has this address. */
        boolean known(String ip);

        /** Whether the processes of a pod listen on a port. */
        boolean listens(String ip, int port);
    }

    PodNetwork(Routing routing, Routing.Origin origin, Delivery delivery) {
        this.routing = routing;
        this.origin = origin;
        this.delivery = delivery;
    }

    @Override
    public Lookup lookup(String server, String name, String type) {
        if (!routing.hasDns()) {
            return new Lookup(Found.TIMEOUT, name, List.of(), Duration.ofSeconds(10));
        }
        Routing.Answer answer =
                routing.ask(origin, server, name.endsWith(".") ? name.substring(0, name.length() - 1) : name, type);
        return switch (answer.status()) {
            case "found" -> new Lookup(Found.FOUND, answer.name(), answer.records(), Duration.ZERO);
            case "nodata" -> new Lookup(Found.NO_DATA, answer.name(), List.of(), Duration.ZERO);
            case "nxdomain" -> new Lookup(Found.NO_SUCH_NAME, answer.name(), List.of(), Duration.ZERO);
            case "refused" -> new Lookup(Found.REFUSED, name, List.of(), Duration.ZERO);
            default -> new Lookup(Found.TIMEOUT, name, List.of(), Duration.ofSeconds(10));
        };
    }

    @Override
    public String rules(List<String> command) {
        return routing.rules(origin.node(), command);
    }

    @Override
    public Reply exchange(String address, int port, byte[] request) {
        Routing.Route route = routing.route(origin, address, port, "TCP");
        if (!route.open()) {
            return switch (route.fault()) {
                case "refused" -> Reply.failed(Outcome.REFUSED);
                case "unreachable" -> Reply.failed(Outcome.UNREACHABLE);
                default -> new Reply(Outcome.TIMEOUT, new byte[0], CONNECT_TIMEOUT);
            };
        }
        if (!delivery.known(route.ip())) {
            return new Reply(Outcome.UNREACHABLE, new byte[0], NO_HOST);
        }
        if (request == null) {
            return delivery.listens(route.ip(), route.port())
                    ? new Reply(Outcome.CONNECTED, new byte[0], Duration.ZERO)
                    : Reply.failed(Outcome.REFUSED);
        }
        byte[] answer = delivery.deliver(route.ip(), route.port(), request);
        return answer == null ? Reply.failed(Outcome.REFUSED) : new Reply(Outcome.CONNECTED, answer, Duration.ZERO);
    }

    @Override
    public Reply datagram(String address, int port, byte[] request) {
        return new Reply(Outcome.TIMEOUT, new byte[0], Duration.ZERO);
    }

    @Override
    public boolean reachable(String address) {
        return address.startsWith("127.")
                || delivery.known(address)
                        && routing.route(origin, address, 0, "ICMP").open();
    }

    @Override
    public boolean listen(int port) {
        return !delivery.listens(origin.ip(), port);
    }

    @Override
    public void close(int port) {}
}
