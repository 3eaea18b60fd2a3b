package dev.kubejar.kubelet.shell;

import java.time.Duration;
import java.util.List;

/** The network as a pod meets it. Nothing here waits: an answer says how long it took, and the machine lets that pass. */
public interface Network {
    /** How looking up a name went. */
    enum Found {
        FOUND,
        /** The server says that there is no such name. */
        NO_SUCH_NAME,
        /** There is such a name, but nothing of the wanted type. */
        NO_DATA,
        /** No server answered. */
        TIMEOUT,
        /** A server's port was closed. */
        REFUSED
    }

    /**
     * An answer of the name server.
     *
     * @param name the full name that was found, after search domains and aliases
     * @param addresses IP addresses; of other types, the records' texts
     */
    record Lookup(Found found, String name, List<String> addresses, Duration took) {}

    /** Asks a server for a full name (A records unless the type says otherwise: AAAA, SRV, CNAME, TXT, PTR). */
    Lookup lookup(String server, String name, String type);

    /** How a connection went. */
    enum Outcome {
        CONNECTED,
        REFUSED,
        /** Nothing came back at all: a policy drops it, or nobody has that address. */
        TIMEOUT,
        /** There is no route: a router, or a reject rule, says so. */
        UNREACHABLE,
        /** It was accepted and broke before it was over. */
        RESET
    }

    /** What came back until the other side closed; it took so long from the beginning. */
    record Reply(Outcome outcome, byte[] data, Duration took) {
        public static Reply failed(Outcome outcome) {
            return new Reply(outcome, new byte[0], Duration.ZERO);
        }
    }

    /** What is set up for traffic, as a command ({@code iptables-save}, {@code nft}, {@code ipvsadm} …) prints it. */
    default String rules(List<String> command) {
        return "";
    }

    /** Opens a TCP connection, sends, closes its own direction and reads to the end; with null it only connects. */
    Reply exchange(String address, int port, byte[] request);

    /** Sends a datagram and takes the first that comes back, if one does. */
    Reply datagram(String address, int port, byte[] request);

    /** Whether an address answers to ping. */
    boolean reachable(String address);

    /** Takes a port of the pod; false where another of its containers has it. */
    boolean listen(int port);

    void close(int port);
}
