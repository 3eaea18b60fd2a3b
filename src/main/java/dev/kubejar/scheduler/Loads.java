package dev.kubejar.scheduler;

import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Memory;

/** The load of each node, kept with the cluster's state and brought forward by each pod's change: nobody counts pods anew. */
final class Loads {
    private static final String PREFIX = "/machine/scheduler/load/";

    private final Client client;
    private final Memory memory;

    Loads(Client client, Memory memory) {
        this.client = client;
        this.memory = memory;
    }

    /** Takes a pod's change in, or a node's end. */
    void observe(Change change) {
        if (change.of(Resources.NODES) && change.deleted()) {
            memory.delete(PREFIX + change.ref().name());
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
        String key = PREFIX + pod.text("spec.nodeName");
        byte[] bytes = memory.get(key);
        if (bytes == null) {
            return; // counted when it is first asked for
        }
        Load load = Load.read(bytes);
        if (on) {
            load.add(pod);
        } else {
            load.remove(pod);
        }
        memory.put(key, load.write());
    }

    /** A copy of a node's load. */
    Load of(String node) {
        byte[] bytes = memory.get(PREFIX + node);
        if (bytes != null) {
            return Load.read(bytes);
        }
        Load load = new Load();
        Request pods = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node);
        for (Obj pod : client.call(pods).items()) {
            if (Load.counts(pod)) {
                load.add(pod);
            }
        }
        memory.put(PREFIX + node, load.write());
        return load;
    }
}
