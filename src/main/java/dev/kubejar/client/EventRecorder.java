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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes events about objects as client-go's recorder does: the same event again raises its count, ten similar ones
 * within ten minutes are combined, and one source may write 25 at once about an object and then one in five minutes.
 * An event is a by-product: where it cannot be written, nothing fails.
 */
public final class EventRecorder {
    /** Where the correlator's state lies; what is older than an hour may be swept. */
    public static final String STATE = "/machine/events/";

    private static final String LAST_NAME = "/machine/event-name";
    private static final int SIMILAR = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final double REFILL_SECONDS = 300;

    private final Client client;
    private final String component;
    private final String host;
    private final Clock clock;
    private final Memory memory;

    /** {@code host} is empty for what runs on no node. */
    public EventRecorder(Client client, String component, String host, Clock clock, Memory memory) {
        this.client = client;
        this.component = component;
        this.host = host;
        this.clock = clock;
        this.memory = memory;
    }

    public void normal(Obj about, String reason, String message) {
        record(about, "", "Normal", reason, message, Map.of());
    }

    public void warning(Obj about, String reason, String message) {
        record(about, "", "Warning", reason, message, Map.of());
    }

    /** {@code fieldPath} is the part of the object meant, such as {@code spec.containers{web}}; or empty. */
    public void record(
            Obj about, String fieldPath, String type, String reason, String message, Map<String, String> annotations) {
        Obj event = correlate(event(about, fieldPath, type, reason, message, annotations));
        if (event != null) {
            send(event);
        }
    }

    /** The reference by which an event names its object. */
    public static Obj reference(Obj about, String fieldPath) {
        Obj reference = Obj.create();
        reference.set("kind", about.kind());
        put(reference, "namespace", about.namespace());
        reference.set("name", about.name());
        put(reference, "uid", about.uid());
        reference.set("apiVersion", about.apiVersion());
        put(reference, "resourceVersion", about.resourceVersion());
        put(reference, "fieldPath", fieldPath);
        return reference;
    }

    /** A name that no other event has: the object's, with the nanoseconds at which it was made. */
    public static String name(String about, Clock clock, Memory memory) {
        Instant now = clock.now();
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        byte[] last = memory.get(LAST_NAME);
        if (last != null) {
            nanos = Math.max(nanos, java.nio.ByteBuffer.wrap(last).getLong() + 1);
        }
        memory.put(LAST_NAME, java.nio.ByteBuffer.allocate(8).putLong(nanos).array());
        return about + "." + Long.toHexString(nanos);
    }

    private Obj event(
            Obj about, String fieldPath, String type, String reason, String message, Map<String, String> annotations) {
        String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        Obj event = Obj.create("v1", "Event", namespace, name(about.name(), clock, memory));
        if (!annotations.isEmpty()) {
            event.set("metadata.annotations", annotations);
        }
        event.set("involvedObject", reference(about, fieldPath))
                .set("reason", reason)
                .set("message", message)
                .set("source.component", component);
        put(event.child("source"), "host", host);
        event.set("firstTimestamp", clock.now())
                .set("lastTimestamp", clock.now())
                .set("count", 1)
                .set("type", type)
                .set("reportingComponent", component)
                .set("reportingInstance", host);
        return event;
    }

    private static void put(Obj object, String field, String value) {
        if (!value.isEmpty()) {
            object.set(field, value);
        }
    }

    /** What is to be written, or null where the source has said too much about the object. */
    private Obj correlate(Obj event) {
        Obj about = event.obj("involvedObject");
        String object = String.join(
                "/",
                about.text("kind"),
                about.text("namespace"),
                about.text("name"),
                about.text("uid"),
                about.text("apiVersion"));
        String source = component + "/" + host + "/";
        String similar = source + object + "/" + event.text("type") + "/" + event.text("reason");
        boolean combined = similarBefore(similar, event.text("message"));
        if (combined) {
            event.set("message", "(combined from similar events): " + event.text("message"));
        }
        String same = combined ? similar : similar + "/" + about.text("fieldPath") + "/" + event.text("message");
        observe(event, "same/" + digest(same));
        return spends("spam/" + digest(source + object)) ? event : null;
    }

    /** Counts different messages of one kind; from the tenth within ten minutes on they are one event. */
    private boolean similarBefore(String similar, String message) {
        String key = "similar/" + digest(similar);
        Obj state = load(key);
        Instant last = state.time("last");
        Set<String> messages = new TreeSet<>();
        if (last != null && Duration.between(last, clock.now()).compareTo(SIMILAR_WITHIN) <= 0) {
            messages.addAll(state.texts("messages"));
        }
        messages.add(digest(message));
        boolean combine = messages.size() >= SIMILAR;
        if (combine) {
            messages.remove(messages.iterator().next());
        }
        store(key, state.setTexts("messages", messages));
        return combine;
    }

    /** Carries on the count and name of the same event seen before. */
    private void observe(Obj event, String key) {
        Obj state = load(key);
        long count = state.number("count");
        if (count > 0) {
            event.set("metadata.name", state.text("name"))
                    .set("count", count + 1)
                    .set("firstTimestamp", state.text("first"));
        }
        store(key, state.set("count", count + 1).set("name", event.name()).set("first", event.text("firstTimestamp")));
    }

    private boolean spends(String key) {
        Obj state = load(key);
        Instant last = state.time("last");
        double tokens = BURST;
        if (last != null) {
            double passed = Duration.between(last, clock.now()).toMillis() / 1000.0;
            tokens = Math.min(BURST, state.number("millitokens") / 1000.0 + passed / REFILL_SECONDS);
        }
        boolean enough = tokens >= 1;
        store(key, state.set("millitokens", Math.round((enough ? tokens - 1 : tokens) * 1000)));
        return enough;
    }

    private Obj load(String key) {
        byte[] bytes = memory.get(STATE + key);
        return bytes == null ? Obj.create() : Obj.of((ObjectNode) Json.read(bytes));
    }

    private void store(String key, Obj state) {
        memory.put(
                STATE + key,
                Json.bytes(state.set("last", Times.micros(clock.now())).node()));
    }

    private void send(Obj event) {
        Ref ref = Ref.of(Resources.EVENTS, event);
        try {
            if (event.number("count") > 1) {
                Obj patch = Obj.create()
                        .set("count", event.number("count"))
                        .set("lastTimestamp", event.text("lastTimestamp"))
                        .set("message", event.text("message"));
                client.merge(ref, patch.node());
                return;
            }
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                return;
            }
        }
        try {
            client.create(Resources.EVENTS, event);
        } catch (ApiError e) {
            // A namespace that is going takes no events; a source that may not write any goes without.
        }
    }

    /** A short stand-in for a long key (FNV-1a of 64 bits, hexadecimal). */
    static String digest(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return Long.toHexString(hash);
    }
}
