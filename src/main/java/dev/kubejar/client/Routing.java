package dev.kubejar.client;

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

    /** The addresses of a name as a pod's resolver finds them; empty where there is none. */
    java.util.List<String> resolve(Origin from, String name);

    /** Whether the cluster has a name server at all. */
    boolean hasDns();
}
