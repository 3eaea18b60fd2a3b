package dev.kubejar.scheduler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The pods that fit nowhere now: which plugins turned each away, its place in the queue, and the node it waits for. */
final class Waiting {
    private static final String PREFIX = "/machine/scheduler/waiting/";

    private final Memory memory;

    /** One waiting pod. */
    record Entry(String key, Set<String> plugins, long priority, String since, String uid, String nominated) {}

    Waiting(Memory memory) {
        this.memory = memory;
    }

    void put(String key, Obj pod, Set<String> plugins, String nominated, Instant now) {
        Obj before = load(key);
        Obj entry = Obj.create()
                .setTexts("plugins", plugins)
                .set("priority", pod.number("spec.priority"))
                .set("since", before.text("since", Times.micros(now)))
                .set("uid", pod.uid())
                .set("nominated", nominated);
        memory.put(PREFIX + key, Json.bytes(entry.node()));
    }

    void remove(String key) {
        if (memory.get(PREFIX + key) != null) {
            memory.delete(PREFIX + key);
        }
    }

    /** All of them, the most important first, then the longest waiting. */
    List<Entry> all() {
        List<Entry> all = new ArrayList<>();
        memory.scan(PREFIX, (key, bytes) -> all.add(entry(key.substring(PREFIX.length()), bytes)));
        all.sort(Comparator.comparing((Entry entry) -> -entry.priority()).thenComparing(Entry::since));
        return all;
    }

    boolean isEmpty() {
        return memory.first(PREFIX) == null;
    }

    private Obj load(String key) {
        byte[] bytes = memory.get(PREFIX + key);
        return bytes == null ? Obj.create() : Obj.of((ObjectNode) Json.read(bytes));
    }

    private static Entry entry(String key, byte[] bytes) {
        Obj entry = Obj.of((ObjectNode) Json.read(bytes));
        return new Entry(
                key,
                Set.copyOf(entry.texts("plugins")),
                entry.number("priority"),
                entry.text("since"),
                entry.text("uid"),
                entry.text("nominated"));
    }
}
