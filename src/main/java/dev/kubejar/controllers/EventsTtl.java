package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Actor;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lets events expire an hour after they were last written, as etcd's leases do, some minutes' worth at a time. */
final class EventsTtl implements Actor<Change> {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration TOGETHER = Duration.ofMinutes(5);
    /** {@code /machine/event-ttl/2026-01-01T00:00:00Z/default/web.18a}: written in that span of five minutes. */
    private static final String SPANS = "/machine/event-ttl/";

    private final Client client;
    private final Memory memory;
    private final ActorContext context;

    EventsTtl(ActorContext context) {
        this.context = context;
        this.client = context.client("generic-garbage-collector", Controller.MANAGER);
        this.memory = context.memory();
    }

    @Override
    public String name() {
        return "events-ttl";
    }

    @Override
    public void observe(Change change, Consumer<String> wake) {
        if (change.of(Resources.EVENTS) && !change.deleted()) {
            String span = span(context.clock().now());
            if (memory.first(SPANS + span) == null) {
                wake.accept(span);
            }
            memory.put(
                    SPANS + span + "/" + change.ref().namespace() + "/"
                            + change.ref().name(),
                    new byte[0]);
        }
    }

    private static String span(Instant now) {
        long length = TOGETHER.getSeconds();
        return Times.seconds(Instant.ofEpochSecond(now.getEpochSecond() / length * length));
    }

    /** Sweeps a span once its events are an hour old; one that was written again since belongs to a later span too. */
    @Override
    public Outcome act(String span) {
        Instant due = Times.parse(span).plus(TOGETHER).plus(LIFE);
        Instant now = context.clock().now();
        if (due.isAfter(now)) {
            return Outcome.at(due);
        }
        List<String> keys = new ArrayList<>();
        memory.scan(SPANS + span + "/", (key, value) -> keys.add(key));
        for (String key : keys) {
            memory.delete(key);
            String name = key.substring(SPANS.length() + span.length() + 1);
            int slash = name.indexOf('/');
            Ref ref = new Ref(Resources.EVENTS, name.substring(0, slash), name.substring(slash + 1));
            client.find(ref).filter(event -> expired(event, now)).ifPresent(event -> client.delete(ref));
        }
        sweepState(now);
        return Outcome.done();
    }

    private static boolean expired(Obj event, Instant now) {
        Instant last = event.time("metadata.creationTimestamp");
        for (String path : new String[] {"lastTimestamp", "series.lastObservedTime"}) {
            Instant time = event.time(path);
            last = time != null && time.isAfter(last) ? time : last;
        }
        return !last.plus(LIFE).isAfter(now);
    }

    /** Forgets what the recorders remember of events that are gone. */
    private void sweepState(Instant now) {
        List<String> stale = new ArrayList<>();
        memory.scan(EventRecorder.STATE, (key, value) -> {
            JsonNode last = Json.read(value).path("last");
            if (!last.isMissingNode() && Times.parse(last.asText()).plus(LIFE).isBefore(now)) {
                stale.add(key);
            }
        });
        stale.forEach(memory::delete);
    }
}
