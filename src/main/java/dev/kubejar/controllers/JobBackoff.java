package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Conditions;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How long a Job waits after failures before it makes another pod: 10 s, doubled with each failure, 10 min at most. */
final class JobBackoff {
    private static final String PREFIX = "/machine/job-backoff/";
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofMinutes(10);

    private final Memory memory;
    private final String key;
    private long failures;
    private Instant lastFailure;

    private JobBackoff(Memory memory, String key) {
        this.memory = memory;
        this.key = PREFIX + key;
    }

    static JobBackoff load(Memory memory, String key) {
        JobBackoff backoff = new JobBackoff(memory, key);
        byte[] bytes = memory.get(backoff.key);
        if (bytes != null) {
            Obj state = Obj.of((ObjectNode) Json.read(bytes));
            backoff.failures = state.number("failures");
            backoff.lastFailure = state.time("last");
        }
        return backoff;
    }

    /** Takes in the pods that have just ended: a success starts the count anew. */
    void note(List<Obj> succeeded, List<Obj> failed) {
        Instant success = succeeded.stream()
                .map(JobBackoff::finished)
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (success != null) {
            failures = 0;
            lastFailure = null;
        }
        for (Obj pod : failed) {
            Instant at = finished(pod);
            if (success == null || at.isAfter(success)) {
                failures++;
                lastFailure = lastFailure == null || at.isAfter(lastFailure) ? at : lastFailure;
            }
        }
    }

    void save() {
        if (failures == 0) {
            clear();
            return;
        }
        Obj state = Obj.create().set("failures", failures).set("last", Times.micros(lastFailure));
        memory.put(key, Json.bytes(state.node()));
    }

    void clear() {
        if (memory.get(key) != null) {
            memory.delete(key);
        }
    }

    /** When the next pod may be made; null: now. */
    Instant next(Instant now) {
        return failures == 0 ? null : next(failures, lastFailure, now);
    }

    /** When a pod may follow so many failures, the last at that time; null: now. */
    static Instant next(long failures, Instant last, Instant now) {
        Duration delay = FIRST;
        for (long i = 1; i < failures && delay.compareTo(LAST) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        Instant at = last.plus(delay.compareTo(LAST) > 0 ? LAST : delay);
        return at.isAfter(now) ? at : null;
    }

    /** When a pod ended: by its containers, or since when it is not ready, or when it was to go. */
    static Instant finished(Obj pod) {
        Instant latest = null;
        for (Obj status : pod.list("status.containerStatuses")) {
            Instant at = status.time("state.terminated.finishedAt");
            if (at == null) {
                latest = null;
                break;
            }
            latest = latest == null || at.isAfter(latest) ? at : latest;
        }
        if (latest != null) {
            return latest;
        }
        Obj ready = Conditions.find(pod, "Ready");
        if (ready != null && ready.text("status").equals("False") && ready.has("lastTransitionTime")) {
            return ready.time("lastTransitionTime");
        }
        if (pod.deleting()) {
            return pod.time("metadata.deletionTimestamp")
                    .minusSeconds(pod.number("metadata.deletionGracePeriodSeconds"));
        }
        return pod.time("metadata.creationTimestamp");
    }
}
