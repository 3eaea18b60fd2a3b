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
import java.util.TreeMap;

/** The pods that fit nowhere now: which plugins turned each away, its place in the queue, and the node it waits for. */
final class Waiting {
    private static final String PREFIX = "/machine/scheduler/waiting/";

    private final Memory memory;
    /** What is stored, by key and in order; null until it is read. */
    private TreeMap<String, Entry> entries;

    private List<Entry> sorted;

    /** One waiting pod. */
    record Entry(String key, Set<String> plugins, long priority, String since, String uid, String nominated) {}

    Waiting(Memory memory) {
        this.memory = memory;
    }

    void put(String key, Obj pod, Set<String> plugins, String nominated, Instant now) {
        Entry before = entries().get(key);
        Obj entry = Obj.create()
                .setTexts("plugins", plugins)
                .set("priority", pod.number("spec.priority"))
                .set("since", before == null ? Times.micros(now) : before.since())
                .set("uid", pod.uid())
                .set("nominated", nominated);
        memory.put(PREFIX + key, Json.bytes(entry.node()));
        entries.put(key, entry(key, entry));
        sorted = null;
    }

    void remove(String key) {
        if (entries().remove(key) != null) {
            memory.delete(PREFIX + key);
            sorted = null;
        }
    }

    /** All of them, the most important first, then the longest waiting. */
    List<Entry> all() {
        if (sorted == null) {
            List<Entry> all = new ArrayList<>(entries().values());
            all.sort(Comparator.comparing((Entry entry) -> -entry.priority()).thenComparing(Entry::since));
            sorted = List.copyOf(all);
        }
        return sorted;
    }

    boolean isEmpty() {
        return entries().isEmpty();
    }

    void forget() {
        entries = null;
        sorted = null;
    }

    private TreeMap<String, Entry> entries() {
        if (entries == null) {
            entries = new TreeMap<>();
            memory.scan(PREFIX, (key, bytes) -> {
                String pod = key.substring(PREFIX.length());
                entries.put(pod, entry(pod, Obj.of((ObjectNode) Json.read(bytes))));
            });
        }
        return entries;
    }

    private static Entry entry(String key, Obj entry) {
        return new Entry(
                key,
                Set.copyOf(entry.texts("plugins")),
                entry.number("priority"),
                entry.text("since"),
                entry.text("uid"),
                entry.text("nominated"));
    }
}
