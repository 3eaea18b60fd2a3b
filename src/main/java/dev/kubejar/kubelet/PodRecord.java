package dev.kubejar.kubelet;

import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a kubelet knows of one pod beyond the API object: its sandbox and its containers' states. A tree of data, kept in
 * {@link Memory} under the pod's UID between looks.
 *
 * <pre>
 * {"ip": "10.244.1.7", "mounted": true, "term": {"deadline": "…"}, "containers": {"main": {…}}}
 * </pre>
 */
final class PodRecord {
    private static final String PREFIX = "/machine/pod/";
    private static final String BUSY = "/machine/busy/";

    private final Memory memory;
    private final String uid;
    private final Obj data;
    private final byte[] before;

    private PodRecord(Memory memory, String uid, byte[] before) {
        this.memory = memory;
        this.uid = uid;
        this.before = before;
        this.data = before == null
                ? Obj.create()
                : Obj.of((com.fasterxml.jackson.databind.node.ObjectNode) Json.read(before));
    }

    static PodRecord load(Memory memory, String uid) {
        return new PodRecord(memory, uid, memory.get(PREFIX + uid));
    }

    /** The pods behind an address: the one that has it, or those on a node's own network. */
    static List<Ref> at(Memory memory, Client client, String ip) {
        String uid = PodAddresses.owner(memory, ip);
        if (uid != null) {
            String ref = load(memory, uid).text("ref");
            return ref.isEmpty() ? List.of() : List.of(Ref.parse(ref));
        }
        List<Ref> found = new ArrayList<>();
        for (Obj node : client.list(Resources.NODES, "")) {
            if (node.list("status.addresses").stream()
                    .anyMatch(a -> a.text("address").equals(ip))) {
                Request here = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node.name());
                for (Obj pod : client.call(here).items()) {
                    if (Containers.hostNetwork(pod)) {
                        found.add(Ref.of(Resources.PODS, pod));
                    }
                }
            }
        }
        return found;
    }

    static boolean known(Memory memory, String uid) {
        return memory.get(PREFIX + uid) != null;
    }

    /** Writes the record back; false where nothing has changed in it. */
    boolean save() {
        byte[] now = Json.bytes(data.node());
        boolean changed = before == null || !java.util.Arrays.equals(before, now);
        if (changed) {
            memory.put(PREFIX + uid, now);
        }
        return changed;
    }

    void forget() {
        memory.delete(PREFIX + uid);
        memory.delete(BUSY + uid);
    }

    /** Marks that the pod is on its way in or out: a settling command waits for it. */
    void busy(boolean busy) {
        boolean marked = memory.get(BUSY + uid) != null;
        if (busy && !marked) {
            memory.put(BUSY + uid, new byte[0]);
        } else if (!busy && marked) {
            memory.delete(BUSY + uid);
        }
    }

    String uid() {
        return uid;
    }

    /** The pod's address; empty while it has no sandbox. */
    String ip() {
        return data.text("ip");
    }

    void ip(String ip) {
        data.set("ip", ip);
    }

    /** Whether the sandbox is up; it goes with the last container of a pod that is over. */
    boolean sandbox() {
        return data.bool("sandbox");
    }

    void sandbox(boolean up) {
        data.set("sandbox", up);
    }

    boolean mounted() {
        return data.bool("mounted");
    }

    void mounted(boolean value) {
        data.set("mounted", value);
    }

    Instant time(String field) {
        return data.has(field) ? Instant.parse(data.text(field)) : null;
    }

    void time(String field, Instant value) {
        if (value == null) {
            data.remove(field);
        } else {
            data.set(field, value.toString());
        }
    }

    long count(String field) {
        return data.number(field);
    }

    void count(String field, long value) {
        data.set(field, value);
    }

    String text(String field) {
        return data.text(field);
    }

    void text(String field, String value) {
        data.set(field, value);
    }

    /** A subtree of what is known, empty where there is none. */
    Obj part(String field) {
        return data.obj(field);
    }

    boolean hasPart(String field) {
        return data.has(field);
    }

    void part(String field, Obj value) {
        data.set(field, value);
    }

    void dropPart(String field) {
        data.remove(field);
    }

    boolean hasContainer(String name) {
        return data.obj("containers").node().has(name);
    }

    /** The record of a container, made at the first look. */
    ContainerRecord container(String name) {
        var all = data.child("containers").node();
        if (!(all.get(name) instanceof com.fasterxml.jackson.databind.node.ObjectNode)) {
            all.putObject(name);
        }
        return new ContainerRecord(name, Obj.of((com.fasterxml.jackson.databind.node.ObjectNode) all.get(name)));
    }

    List<ContainerRecord> containers() {
        List<ContainerRecord> all = new ArrayList<>();
        data.obj("containers").node().fieldNames().forEachRemaining(name -> all.add(container(name)));
        return all;
    }
}
