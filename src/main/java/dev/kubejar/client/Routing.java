package dev.kubejar.client;

import java.util.List;

/** Where a connection ends up: the cluster's network between a pod that connects and the pod that answers. */
public interface Routing {
    /**
     * Where a connection goes.
     *
     * @param ip the address to connect to at last; empty where it leads nowhere
     * @param fault {@code ""}, {@code refused}, {@code timeout} or {@code unreachable}
     */
    record Route(String ip, int port, String fault) {
        public boolean open() {
            return fault.isEmpty();
        }

        public static Route to(String ip, int port) {
            return new Route(ip, port, "");
        }

        public static Route fault(String fault) {
            return new Route("", 0, fault);
        }
    }

    /** Who connects: a pod by its address and namespace, on a node; an empty address is the node itself. */
    record Origin(String node, String ip, String namespace) {}

    /** Routes a connection to an address: through Services' rules where it is one of theirs. */
    Route route(Origin from, String ip, int port, String protocol);

    /**
     * What a name server answers.
     *
     * @param status {@code found}, {@code nodata}, {@code nxdomain}, {@code refused} or {@code timeout}
     * @param name what the name stands for, after aliases
     * @param records addresses, or the texts of records of other types
     */
    record Answer(String status, String name, List<String> records) {}

    /** Asks the name server at an address for a full name's records of a type (A, AAAA, SRV, CNAME, PTR …). */
    Answer ask(Origin from, String server, String name, String type);

    /** What has been set up on a node for traffic, as a command ({@code iptables-save -t nat}, {@code ipvsadm -Ln} …) prints it; of the
     * command {@code nginx} the ingress controller's configuration. */
    String rules(String node, List<String> command);

    /** Whether the cluster has a name server at all. */
    boolean hasDns();
}
