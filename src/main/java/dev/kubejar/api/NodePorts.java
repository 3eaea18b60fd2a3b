package dev.kubejar.api;

import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;

/** The ports 30000 to 32767 of all nodes, each taken at most once; picked ones come from above the first 86. */
final class NodePorts {
    private static final int FIRST = 30_000;
    private static final int LAST = 32_767;
    private static final int NAMED_BAND = 86;
    private static final int DRAWS = 64;
    private static final String PREFIX = "/machine/nodeport/";
    private static final byte[] TAKEN = {};

    private final Memory memory;
    private final Randoms randoms;

    NodePorts(Memory memory, Randoms randoms) {
        this.memory = memory;
        this.randoms = randoms;
    }

    /** Takes a port; null where it worked, else why not. A trial, as on a real server, does not look at the range. */
    String take(long port, boolean trial) {
        if (!trial && (port < FIRST || port > LAST)) {
            return "provided port is not in the valid range. The range of valid ports is " + FIRST + "-" + LAST;
        }
        if (memory.get(PREFIX + port) != null) {
            return "provided port is already allocated";
        }
        memory.put(PREFIX + port, TAKEN);
        return null;
    }

    /** Takes any free port; 0 where there is none. */
    long takeAny() {
        for (int i = 0; i < DRAWS; i++) {
            int port = FIRST + NAMED_BAND + randoms.below("node-port", LAST - FIRST - NAMED_BAND + 1);
            if (take(port, false) == null) {
                return port;
            }
        }
        for (int i = 0; i <= LAST - FIRST; i++) {
            int port = FIRST + (NAMED_BAND + i) % (LAST - FIRST + 1);
            if (take(port, false) == null) {
                return port;
            }
        }
        return 0;
    }

    void release(long port) {
        memory.delete(PREFIX + port);
    }
}
