package dev.kubejar.sim;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs actors until nothing is left to do at this instant. Actors go in the order of their list: the first with a key
 * waiting looks at its oldest one, then it starts over; so the order of events is the same in every run.
 */
public final class Loop<E> {
    private static final int ACTS_FOR_EACH_DRAIN = 2_000_000;
    private static final String FAILURES = "/machine/failures/";
    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final Duration LAST_RETRY = Duration.ofSeconds(1000);

    private final List<Actor<E>> actors;
    private final List<LinkedHashSet<String>> queues = new ArrayList<>();
    private final Map<String, Integer> index = new TreeMap<>();
    private final Map<String, Integer> looks = new TreeMap<>();
    private final Memory memory;
    private final Timers timers;
    private final Clock clock;
    private long acts;

    public Loop(List<Actor<E>> actors, Memory memory, Timers timers, Clock clock) {
        this.actors = List.copyOf(actors);
        this.memory = memory;
        this.timers = timers;
        this.clock = clock;
        for (Actor<E> actor : this.actors) {
            if (index.put(actor.name(), queues.size()) != null) {
                throw new IllegalArgumentException("two actors are called " + actor.name());
            }
            queues.add(new LinkedHashSet<>());
        }
    }

    /** Tells every actor of an event. */
    public void tell(E event) {
        for (int i = 0; i < queues.size(); i++) {
            actors.get(i).observe(event, queues.get(i)::add);
        }
    }

    /** Puts one key before one actor. */
    public void wake(String actor, String key) {
        queues.get(index.get(actor)).add(key);
    }

    /** Wakes whatever is due by now; true if anything was. */
    public boolean wakeDue() {
        boolean any = false;
        for (Timers.Timer next = timers.next();
                next != null && !next.due().isAfter(clock.now());
                next = timers.next()) {
            timers.clear(next.owner(), next.key());
            if (index.containsKey(next.owner())) {
                wake(next.owner(), next.key());
                any = true;
            }
        }
        return any;
    }

    /**
     * Works until every queue is empty and nothing is due at this instant.
     *
     * @throws IllegalStateException where it does not settle, with the busiest keys
     */
    public void drain() {
        looks.clear();
        int left = ACTS_FOR_EACH_DRAIN;
        for (int i = next(); i >= 0; i = next()) {
            if (left-- == 0) {
                throw new IllegalStateException("the cluster does not settle; busiest: " + busiest());
            }
            step(i);
        }
    }

    /** How many looks actors have taken so far: the measure of work that is the same on every machine. */
    public long acts() {
        return acts;
    }

    /** Forgets what is waiting: the transaction it came from was abandoned. */
    public void forget() {
        queues.forEach(LinkedHashSet::clear);
    }

    private int next() {
        int i = first();
        return i < 0 && wakeDue() ? first() : i;
    }

    private int first() {
        for (int i = 0; i < queues.size(); i++) {
            if (!queues.get(i).isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    private void step(int i) {
        acts++;
        Actor<E> actor = actors.get(i);
        String key = queues.get(i).iterator().next();
        queues.get(i).remove(key);
        if (looks.size() < 10_000) {
            looks.merge(actor.name() + " " + key, 1, Integer::sum);
        }
        settle(actor.name(), key, actor.act(key));
    }

    private void settle(String owner, String key, Outcome outcome) {
        if (outcome.failure != null) {
            timers.set(owner, key, clock.now().plus(backOff(owner, key)));
            return;
        }
        if (memory.get(FAILURES + owner + "/" + key) != null) {
            memory.delete(FAILURES + owner + "/" + key);
        }
        if (outcome.after != null) {
            timers.set(owner, key, clock.now().plus(outcome.after));
        } else if (outcome.at != null) {
            Instant now = clock.now();
            timers.set(owner, key, outcome.at.isBefore(now) ? now : outcome.at);
        } else {
            timers.clear(owner, key);
        }
    }

    private Duration backOff(String owner, String key) {
        byte[] before = memory.get(FAILURES + owner + "/" + key);
        int failures = before == null ? 0 : ByteBuffer.wrap(before).getInt();
        memory.put(
                FAILURES + owner + "/" + key,
                ByteBuffer.allocate(4).putInt(failures + 1).array());
        Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 30));
        return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
    }

    private String busiest() {
        return looks.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .limit(3)
                .map(e -> e.getKey() + " (" + e.getValue() + " times)")
                .toList()
                .toString();
    }
}
