package dev.kubejar.kubelet.shell;

import java.time.Instant;

/** What a {@link Machine} needs from around it: a container's surroundings. */
public interface Host {
    /** The session of the container's own process; every {@code exec} gets a further number. */
    int MAIN = 0;

    /** Virtual time. */
    Instant now();

    /** 64 random bits of the container's own stream. */
    long random();

    String hostname();

    /** The pod's IP address. */
    String address();

    /** The node's name, as the kernel would tell it. */
    String node();

    Network network();

    /** Takes what a process writes to the standard output (1) or error (2) that its session was started with. */
    void output(int session, int stream, byte[] bytes);

    default Limits limits() {
        return Limits.DEFAULT;
    }

    /** Whether the container is there to go on, as opposed to one that is meant to come to its end. */
    default boolean serves() {
        return true;
    }

    /** CPUs that the node shows. */
    default int cpus() {
        return 2;
    }

    /** Bytes that the container's processes may hold before they are killed. */
    default long memoryLimit() {
        return Long.MAX_VALUE;
    }

    /** Bytes of memory that the node shows. */
    default long memory() {
        return 24L << 30;
    }
}
