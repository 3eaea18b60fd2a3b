package dev.kubejar.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Memory;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes events in the manner of events.k8s.io (the scheduler's): the same action and reason about an object again
 * within six minutes, whatever its note, makes one series of it, written at the second time.
 */
public final class SeriesRecorder {
    private static final Duration FINISHED_AFTER = Duration.ofMinutes(6);

    private final Client client;
    private final String controller;
    private final String instance;
    private final Clock clock;
    private final Memory memory;

    public SeriesRecorder(Client client, String controller, String instance, Clock clock, Memory memory) {
        this.client = client;
        this.controller = controller;
        this.instance = instance;
        this.clock = clock;
        this.memory = memory;
    }

    /** {@code related} is null where no second object is concerned. */
    public void record(Obj about, Obj related, String type, String reason, String action, String note) {
        String kindOf = String.join("/", controller, type, action, reason, about.uid(), about.resourceVersion());
        String key = EventRecorder.STATE + "series/" + EventRecorder.digest(kindOf);
        byte[] bytes = memory.get(key);
        Obj state = bytes == null ? Obj.create() : Obj.of((ObjectNode) Json.read(bytes));
        Instant now = clock.now();
        boolean running =
                state.has("last") && Duration.between(state.time("last"), now).compareTo(FINISHED_AFTER) <= 0;
        long count = running ? state.number("count") + 1 : 1;
        if (count == 1) {
            state.set("name", EventRecorder.name(about.name(), clock, memory));
            create(event(about, related, type, reason, action, note, state.text("name")));
        } else if (count == 2) {
            continueSeries(about, state.text("name"));
        }
        state.set("count", count).set("last", Times.micros(now));
        memory.put(key, Json.bytes(state.node()));
    }

    private Obj event(Obj about, Obj related, String type, String reason, String action, String note, String name) {
        String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        Obj event = Obj.create("v1", "Event", namespace, name)
                .set("involvedObject", EventRecorder.reference(about, ""))
                .set("reason", reason)
                .set("message", note)
                .set("source", Json.object())
                .set("type", type)
                .set("eventTime", Times.micros(clock.now()))
                .set("action", action)
                .set("reportingComponent", controller)
                .set("reportingInstance", instance);
        if (related != null) {
            event.set("related", EventRecorder.reference(related, ""));
        }
        return event;
    }

    private void create(Obj event) {
        try {
            client.create(Resources.EVENTS, event);
        } catch (ApiError e) {
            // As in EventRecorder: an event is a by-product.
        }
    }

    private void continueSeries(Obj about, String name) {
        Obj patch = Obj.create().set("series.count", 2).set("series.lastObservedTime", Times.micros(clock.now()));
        try {
            client.merge(
                    new Ref(Resources.EVENTS, about.namespace().isEmpty() ? "default" : about.namespace(), name),
                    patch.node());
        } catch (ApiError e) {
            // Gone, or not to be written: nothing fails for it.
        }
    }
}
