package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import dev.kubejar.sim.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Hands out pod addresses from a node's range, each the next free one after the last, as the host-local plugin does.
 *
 * <pre>
 * /machine/ip/10.244.1.7  ->  UID of the pod that has it
 * /machine/ip-of/UID      ->  10.244.1.7
 * /machine/ip-last/worker-1 -> 7
 * </pre>
 */
final class PodAddresses {
    private static final String IP = "/machine/ip/";
    private static final String OF = "/machine/ip-of/";
    private static final String LAST = "/machine/ip-last/";

    private final Memory memory;

    PodAddresses(Memory memory) {
        this.memory = memory;
    }

    /** The address of a pod on a node, its old one if it has one. */
    String allocate(Obj node, String uid) {
        byte[] had = memory.get(OF + uid);
        if (had != null) {
            return text(had);
        }
        String cidr = node.text("spec.podCIDR", "10.244.0.0/24");
        int slash = cidr.indexOf('/');
        long base = number(cidr.substring(0, slash));
        int size = 1 << (32 - Integer.parseInt(cidr.substring(slash + 1)));
        byte[] kept = memory.get(LAST + node.name());
        int last = kept == null ? 1 : Integer.parseInt(text(kept));
        for (int i = 1; i < size; i++) {
            int offset = 2 + (last - 2 + i + size - 3) % (size - 3);
            String ip = written(base + offset);
            if (memory.get(IP + ip) == null) {
                memory.put(IP + ip, bytes(uid));
                memory.put(OF + uid, bytes(ip));
                memory.put(LAST + node.name(), bytes(Integer.toString(offset)));
                return ip;
            }
        }
        throw dev.kubejar.object.ApiError.internal("no address is free in " + cidr);
    }

    void release(String uid) {
        byte[] ip = memory.get(OF + uid);
        if (ip != null) {
            memory.delete(OF + uid);
            memory.delete(IP + text(ip));
        }
    }

    /** The UID of the pod that has this address, or null. */
    static String owner(Memory memory, String ip) {
        byte[] uid = memory.get(IP + ip);
        return uid == null ? null : text(uid);
    }

    private static long number(String ip) {
        long value = 0;
        for (String part : ip.split("\\.")) {
            value = value << 8 | Integer.parseInt(part);
        }
        return value;
    }

    private static String written(long ip) {
        return (ip >> 24 & 255) + "." + (ip >> 16 & 255) + "." + (ip >> 8 & 255) + "." + (ip & 255);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
