package dev.kubejar;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Timers;

/** The events of a cluster's making: a genesis ships none, nor what is kept because of them. */
final class FreshEvents {
    private static final String EXPIRY = "/machine/event-ttl/";
    private static final String EXPIRY_TIMERS = "/machine/timer/events-ttl/";

    private FreshEvents() {}

    static void forget(ActorContext cluster) {
        Client client = cluster.system("kubernetes-admin", "kubeadm");
        for (Obj event : client.call(Request.list(Resources.EVENTS, "")).items()) {
            client.delete(Ref.of(Resources.EVENTS, event));
        }
        Memory memory = cluster.memory();
        for (String key = memory.first(EXPIRY_TIMERS); key != null; key = memory.first(EXPIRY_TIMERS)) {
            new Timers(memory).clear("events-ttl", key.substring(EXPIRY_TIMERS.length()));
        }
        for (String prefix : new String[] {EXPIRY, EventRecorder.STATE}) {
            for (String key = memory.first(prefix); key != null; key = memory.first(prefix)) {
                memory.delete(key);
            }
        }
    }
}
