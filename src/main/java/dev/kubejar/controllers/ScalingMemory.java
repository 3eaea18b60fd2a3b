package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;

/** What an autoscaler has recommended and done lately, and the limits that follow from it (KEP-853). */
final class ScalingMemory {
    private static final String PREFIX = "/machine/hpa/";
    private static final long LONGEST = 3600;

    private final Memory memory;
    private final String key;
    private final Obj state;
    private final Instant now;

    /** Replicas after limits, with the reason and the message that tell of them. */
    record Limited(long replicas, String reason, String message) {}

    ScalingMemory(Memory memory, String key, Instant now) {
        this.memory = memory;
        this.key = PREFIX + key;
        this.now = now;
        byte[] bytes = memory.get(this.key);
        state = bytes == null ? Obj.create() : Obj.of((ObjectNode) Json.read(bytes));
    }

    Instant next() {
        return state.time("next");
    }

    void next(Instant at) {
        state.set("next", Times.micros(at));
        save();
    }

    void forget() {
        if (memory.get(key) != null) {
            memory.delete(key);
        }
    }

    private void save() {
        memory.put(key, Json.bytes(state.node()));
    }

    private void note(String list, long value) {
        List<Obj> kept = new ArrayList<>();
        for (Obj entry : state.list(list)) {
            if (entry.time("at").plusSeconds(LONGEST).isAfter(now)) {
                kept.add(entry);
            }
        }
        kept.add(Obj.create().set("at", Times.micros(now)).set("value", value));
        state.set(list, kept);
        save();
    }

    void rescaled(long from, long to) {
        note(to > from ? "up" : "down", Math.abs(to - from));
    }

    /** The first time it looks, what there is counts as recommended. */
    void begin(long current) {
        if (state.list("recommended").isEmpty()) {
            note("recommended", current);
        }
    }

    /** The recommendation that holds, given those of the windows of both directions; this one is noted too. */
    long stabilized(long current, long desired, long upWindow, long downWindow) {
        long up = desired;
        long down = desired;
        for (Obj entry : state.list("recommended")) {
            Instant at = entry.time("at");
            if (at.isAfter(now.minusSeconds(upWindow))) {
                up = Math.min(up, entry.number("value"));
            }
            if (at.isAfter(now.minusSeconds(downWindow))) {
                down = Math.max(down, entry.number("value"));
            }
        }
        note("recommended", desired);
        return Math.min(Math.max(current, up), down);
    }

    /** The highest recommendation of the window: scaling down waits, scaling up does not. */
    long highest(long desired, long window) {
        long highest = desired;
        for (Obj entry : state.list("recommended")) {
            if (entry.time("at").isAfter(now.minusSeconds(window))) {
                highest = Math.max(highest, entry.number("value"));
            }
        }
        note("recommended", desired);
        return highest;
    }

    private long changed(String list, long period) {
        long sum = 0;
        for (Obj entry : state.list(list)) {
            if (entry.time("at").isAfter(now.minusSeconds(period))) {
                sum += entry.number("value");
            }
        }
        return sum;
    }

    Limited limited(long current, long desired, long min, long max, Obj behavior) {
        if (desired > current) {
            long rate = Math.max(current, limit(current, behavior.obj("scaleUp"), true));
            if (max > rate) {
                return desired > rate
                        ? new Limited(
                                rate,
                                "ScaleUpLimit",
                                "the desired replica count is increasing faster than the maximum scale rate")
                        : within(desired);
            }
            return desired > max ? tooMany(max) : within(desired);
        }
        if (desired < current) {
            long rate = Math.min(current, limit(current, behavior.obj("scaleDown"), false));
            if (min < rate) {
                return desired < rate
                        ? new Limited(
                                rate,
                                "ScaleDownLimit",
                                "the desired replica count is decreasing faster than the maximum scale rate")
                        : within(desired);
            }
            return desired < min ? tooFew(min) : within(desired);
        }
        return within(desired);
    }

    /** The limits of an autoscaler without behavior. */
    static Limited limited(long current, long desired, long min, long max) {
        long rate = Math.max(2 * current, 4);
        if (desired < min) {
            return tooFew(min);
        }
        if (max > rate && desired > rate) {
            return new Limited(
                    rate, "ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate");
        }
        return desired > max ? tooMany(max) : within(desired);
    }

    private static Limited within(long desired) {
        return new Limited(desired, "DesiredWithinRange", "the desired count is within the acceptable range");
    }

    private static Limited tooMany(long max) {
        return new Limited(max, "TooManyReplicas", "the desired replica count is more than the maximum replica count");
    }

    private static Limited tooFew(long min) {
        return new Limited(min, "TooFewReplicas", "the desired replica count is less than the minimum replica count");
    }

    private long limit(long current, Obj rules, boolean up) {
        String select = rules.text("selectPolicy", "Max");
        if (select.equals("Disabled")) {
            return current;
        }
        boolean farthest = !select.equals("Min");
        LongBinaryOperator better = farthest == up ? Math::max : Math::min;
        long result = farthest == up ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        for (Obj policy : rules.list("policies")) {
            long period = policy.number("periodSeconds");
            long start = current - changed("up", period) + changed("down", period);
            double part = policy.number("value") / 100.0;
            long proposed = policy.text("type").equals("Pods")
                    ? start + (up ? policy.number("value") : -policy.number("value"))
                    : up ? (long) Math.ceil(start * (1 + part)) : (long) (start * (1 - part));
            result = better.applyAsLong(result, proposed);
        }
        return result;
    }
}
