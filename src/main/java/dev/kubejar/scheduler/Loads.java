package dev.kubejar.scheduler;

import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Memory;
import java.util.HashMap;
import java.util.Map;

/** The load of each node, kept with the cluster's state and brought forward by each pod's change: nobody counts pods anew. */
final class Loads {
    private static final String PREFIX = "/machine/scheduler/load/";

    private final Client client;
    private final Memory memory;
    /** What is stored, as far as it has been read. */
    private final Map<String, Load> known = new HashMap<>();

    Loads(Client client, Memory memory) {
        this.client = client;
        this.memory = memory;
    }

    /** Takes a pod's change in, or a node's end. */
    void observe(Change change) {
        if (change.of(Resources.NODES) && change.deleted()) {
            memory.delete(PREFIX + change.ref().name());
            known.remove(change.ref().name());
        }
        if (!change.of(Resources.PODS)) {
            return;
        }
        boolean counted = Load.counts(change.before());
        boolean counts = Load.counts(change.after());
        if (counted
                && counts
                && change.before().at("spec").equals(change.after().at("spec"))) {
            return;
        }
        if (counted) {
            move(change.before(), false);
        }
        if (counts) {
            move(change.after(), true);
        }
    }

    private void move(Obj pod, boolean on) {
        String node = pod.text("spec.nodeName");
        Load load = stored(node);
        if (load == null) {
            return; // counted when it is first asked for
        }
        if (on) {
            load.add(pod);
        } else {
            load.remove(pod);
        }
        memory.put(PREFIX + node, load.write());
    }

    private Load stored(String node) {
        Load load = known.get(node);
        byte[] bytes = load == null ? memory.get(PREFIX + node) : null;
        if (bytes != null) {
            load = Load.read(bytes);
            known.put(node, load);
        }
        return load;
    }

    void forget() {
        known.clear();
    }

    /** A node's load, which goes on changing with its pods; to be copied by whoever wants another. */
    Load of(String node) {
        Load load = stored(node);
        if (load != null) {
            return load;
        }
        load = new Load();
        Request pods = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node);
        for (Obj pod : client.call(pods).items()) {
            if (Load.counts(pod)) {
                load.add(pod);
            }
        }
        memory.put(PREFIX + node, load.write());
        known.put(node, load);
        return load;
    }
}
